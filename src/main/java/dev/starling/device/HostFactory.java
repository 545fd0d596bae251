package dev.starling.device;

/** Builds a node's {@link DeviceHost} for a run. */
public interface HostFactory {

    /**
     * Loads the run's data, unless this node has it already. Takes a while; called on a thread that may block.
     *
     * @throws dev.starling.base.InputException if software or data differ, or the data cannot be read
     */
    DeviceHost host(RunSpec spec, NodeAgent.Node node);
}
