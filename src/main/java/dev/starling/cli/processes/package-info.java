/** Starling processes that another one starts, watches and sends signals to: what drills and the benchmark of clusters are made of. */
@NullMarked
package dev.starling.cli.processes;

import org.jspecify.annotations.NullMarked;
