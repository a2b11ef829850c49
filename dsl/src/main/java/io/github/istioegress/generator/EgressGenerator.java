package io.github.istioegress.generator;

import io.github.istioegress.analysis.Suppressions;
import io.github.istioegress.expansion.ExpandedEgress;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.PartedPlan;
import io.github.istioegress.layout.OutputLayout;
import io.github.istioegress.layout.PartRendering;
import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.TraceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Runs a plan through every stage: expand, render, read back, trace. What is traced is what was
 * written, read as a cluster would read it.
 */
public final class EgressGenerator {

  /** More of them tell people nothing new. */
  private static final int MOST_ASTRAY = 100;

  private final OutputLayout layout;
  private final Optional<IstioVersion> target;

  /**
   * A generator.
   *
   * @param layout which resource goes into which file
   * @param target the release to generate for instead of the plan's own; empty for that
   */
  public EgressGenerator(OutputLayout layout, Optional<IstioVersion> target) {
    this.layout = layout;
    this.target = target;
  }

  /**
   * Generates a plan and holds all of it.
   *
   * @param name the folder of its files
   * @param plan the plan
   * @throws IllegalArgumentException when the plan is empty or contradicts itself, or when a
   *     declared call does not take the way that its sentence says
   */
  public GeneratedEgress generate(String name, EgressPlan plan) {
    ResourceSet.Builder resources = ResourceSet.builder();
    List<RenderedFile> files = new ArrayList<>();
    List<DeclaredCall> calls = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    generate(
        name,
        PartedPlan.of(plan),
        Share.ALL,
        new Yield() {
          @Override
          public ResourceSet read(String folder, List<PartRendering.Document> documents) {
            return readBack(folder, documents);
          }

          @Override
          public void part(ResourceSet read) {
            read.all().stream()
                .filter(one -> !resources.contains(one.key()))
                .forEach(resources::add);
          }

          @Override
          public void call(DeclaredCall call) {
            calls.add(call);
          }

          @Override
          public void finding(Finding finding) {
            findings.add(finding);
          }

          @Override
          public void file(RenderedFile file) {
            files.add(file);
          }

          @Override
          public void other(String path) {
            throw new IllegalStateException(path + " is of the whole");
          }
        });
    return new GeneratedEgress(name, resources.build(), new RenderedFiles(files), calls, findings);
  }

  /**
   * Generates a plan part by part, and holds no more than one of them.
   *
   * @param name the folder of its files
   * @param plan the plan
   * @param files takes path and text of each file as soon as it is complete; of a plan that is
   *     refused only a beginning
   * @return what came of it, as figures
   * @throws IllegalArgumentException as for a plan that is held as a whole
   */
  public GenerationFigures generate(
      String name, PartedPlan plan, BiConsumer<String, String> files) {
    Report report = new Report(name, "", files, new ArrayList<>(), Suppressions.none());
    int resources = generate(name, plan, Share.ALL, report);
    return new GenerationFigures(plan.parts().size(), resources, report.traced());
  }

  /**
   * Generates a plan part by part, and forgets each.
   *
   * @param said the plan
   * @param share what of it is worked on; what the whole says is checked as ever
   * @param yield takes what comes of it; of a plan that is refused only a beginning
   * @return how many resources were rendered
   */
  int generate(String name, PartedPlan said, Share share, Yield yield) {
    PartedPlan plan =
        target.map(version -> said.onMesh(said.frame().mesh().target(version))).orElse(said);
    if (plan.facts().isEmpty() && plan.frame().isEmpty()) {
      throw empty(plan.frame());
    }
    List<String> astray = new ArrayList<>();
    try (PartRendering rendering =
            new PartRendering(layout, name, share::has, new InFolder(name, yield));
        InOrder<Worked> parts =
            new InOrder<>(
                Runtime.getRuntime().availableProcessors(),
                worked -> take(worked, rendering, yield, astray))) {
      // First what no part has alone: a part whose namespace it lies in completes it.
      ExpandedEgress frame = Expansion.frame(plan.frame(), plan.facts());
      PartRendering.Rendered shared = rendering.render(frame.resources(), any -> false, true);
      take(
          new Worked(shared, yield.read(name, shared.documents()), JudgedPart.NOTHING),
          rendering,
          yield,
          astray);
      for (int i = 0; i < plan.parts().size(); i++) {
        Set<String> namespaces = Set.copyOf(plan.parts().get(i));
        boolean worked = namespaces.stream().anyMatch(share.namespaces());
        if (!worked && share.isOfTenants()) {
          continue;
        }
        // What users wrote runs here alone: nothing says that it may run twice at a time.
        EgressPlan part = plan.part(i);
        parts.give(
            () -> {
              PartRendering.Rendered texts =
                  rendering.render(
                      Expansion.part(part, plan.facts()), namespaces::contains, worked);
              ResourceSet read =
                  worked ? yield.read(name, texts.documents()) : ResourceSet.builder().build();
              return new Worked(
                  texts, read, worked ? JudgedPart.of(part, read, share) : JudgedPart.NOTHING);
            });
      }
      parts.end();
      if (!astray.isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", astray));
      }
      rendering.end(frame.helmValues());
      return rendering.resources();
    }
  }

  /** What came of a part. */
  private record Worked(PartRendering.Rendered texts, ResourceSet read, JudgedPart judged) {}

  private static void take(
      Worked worked, PartRendering rendering, Yield yield, List<String> astray) {
    rendering.add(worked.texts());
    yield.part(worked.read());
    worked.judged().findings().forEach(yield::finding);
    for (DeclaredCall call : worked.judged().calls()) {
      yield.call(call);
      if (!call.isAsSaid() && astray.size() < MOST_ASTRAY) {
        astray.add(
            "%s at %s does not take the way it says:\n%s"
                .formatted(
                    call.intent(),
                    call.intent().origin().place(),
                    TraceText.of(List.of(call.trace()))));
      }
    }
  }

  private static IllegalArgumentException empty(EgressPlan plan) {
    return new IllegalArgumentException(
        "the plan at %s says nothing: give it a namespace with sentences, as in %s"
            .formatted(
                plan.origin().place(),
                "EgressPlan.on(mesh).namespace(MeshNamespace.named(\"shop\"),"
                    + " Egress.to(\"edition.cnn.com\").port(80).via(gateway))"));
  }

  /** Files by paths below the definition's folder. */
  private record InFolder(String name, Yield yield) implements PartRendering.Files {
    @Override
    public void file(RenderedFile file) {
      yield.file(file.in(name));
    }

    @Override
    public void other(String path) {
      yield.other(name + "/" + path);
    }
  }

  private static ResourceSet readBack(String folder, List<PartRendering.Document> documents) {
    if (documents.isEmpty()) {
      return ResourceSet.builder().build();
    }
    Map<String, List<String>> byPath = new TreeMap<>();
    documents.forEach(
        one -> byPath.computeIfAbsent(one.path(), p -> new ArrayList<>()).add(one.text()));
    ReadManifests read =
        new ManifestReader()
            .read(
                byPath.entrySet().stream()
                    .map(
                        file ->
                            new SourceFile(
                                folder + "/" + file.getKey(),
                                String.join("---\n", file.getValue())))
                    .toList());
    List<Finding> lost = read.findings();
    if (!lost.isEmpty()) {
      throw new IllegalStateException("what was written does not read back: " + lost);
    }
    return read.resources();
  }
}
