package dev.starling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.model.LocalSettings;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final LocalSettings RECIPE = new LocalSettings(3, 10, 0.005, 0, 1e-7, 0, true);

    private static final Pipeline PIPELINE = Pipeline.EMPTY
            .with(PipelinePart.ARCHITECTURE, "layer-000", "dense [64]")
            .withRecipe(RECIPE)
            .with(PipelinePart.SEEDS, "run", 42)
            .with(PipelinePart.CODE, "version", "0.1.0");

    private static String diff(Pipeline before, Pipeline after) {
        return PipelineTree.diff(PipelineTree.of(before), PipelineTree.of(after))
                .text();
    }

    /** From a Python script (hashlib, struct) that was written from PipelineTree's Javadoc. */
    @Test
    void aPipelineHasTheRootThatPythonComputes() {
        assertThat(PipelineTree.of(Pipeline.EMPTY).root())
                .isEqualTo("f4ab4198341402eaab1d494d455327c6e4f35f1ed914131f237dd725bb21d434");
        assertThat(PipelineTree.of(PIPELINE).root())
                .isEqualTo("14f1f85035d743f08efdb1d3c35ed010f93ddb8bf951ff1fba3e7063ffb68bf6");
    }

    @Test
    void equalPipelinesHaveNoDifference() {
        assertThat(diff(PIPELINE, PipelineText.read(PIPELINE.toString()))).isEqualTo("the pipelines are the same");
    }

    @Test
    void changesAreToldByPathWithBothValues() {
        Pipeline other = PIPELINE.withRecipe(RECIPE.withLearningRate(1e-4)).with(PipelinePart.SEEDS, "run", 43);
        assertThat(diff(PIPELINE, other)).isEqualTo("recipe.learning-rate: 0.005 -> 0.0001\nseeds.run: 42 -> 43");
    }

    @Test
    void keysThatCameAreTold() {
        Pipeline other = PIPELINE.with(PipelinePart.DATA, "files", "ab12").with(PipelinePart.CODE, "java", "17");
        assertThat(diff(PIPELINE, other)).isEqualTo("data.files: (none) -> ab12\ncode.java: (none) -> 17");
        assertThat(diff(other, PIPELINE)).isEqualTo("data.files: ab12 -> (none)\ncode.java: 17 -> (none)");
    }

    @Test
    void partKeyAndValueAllCount() {
        Set<String> roots = new HashSet<>();
        roots.add(PipelineTree.of(Pipeline.EMPTY).root());
        roots.add(PipelineTree.of(Pipeline.EMPTY.with(PipelinePart.CODE, "ab", "c"))
                .root());
        roots.add(PipelineTree.of(Pipeline.EMPTY.with(PipelinePart.CODE, "a", "bc"))
                .root());
        roots.add(PipelineTree.of(Pipeline.EMPTY.with(PipelinePart.SEEDS, "ab", "c"))
                .root());
        assertThat(roots).hasSize(4);
    }

    @Test
    void anyTextSurvivesBeingWritten() {
        Pipeline odd = PIPELINE.with(PipelinePart.DATA, "file", "a\\n = b\nc\\").with(PipelinePart.DATA, "none", "");
        assertThat(PipelineText.read(PipelineText.of(odd))).isEqualTo(odd);
    }

    @Test
    void whatIsNoPipelineIsRefused() {
        assertThatThrownBy(() -> PipelineText.read("recipe.epochs 3")).isInstanceOf(DamagedModelException.class);
        assertThatThrownBy(() -> PipelineText.read("mood.good = 3")).isInstanceOf(DamagedModelException.class);
        assertThatThrownBy(() -> PIPELINE.with(PipelinePart.CODE, "a b", "c")).hasMessageContaining("got 'a b'");
    }

    @Test
    void numbersHaveTheirShortestForm() {
        assertThat(Pipeline.canonical(0.1)).isEqualTo("0.1");
        assertThat(Pipeline.canonical(2e-3)).isEqualTo("0.002");
        assertThat(Pipeline.canonical(1e22)).isEqualTo("1E+22");
        assertThat(Pipeline.canonical(1.0 / 3)).isEqualTo("0.3333333333333333");
        assertThat(Pipeline.canonical(-0.0)).isEqualTo("-0.0");
    }
}
