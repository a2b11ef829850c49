package io.github.istioegress.maven;

import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.generator.ReachExplainer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.input.InputOptions;
import io.github.istioegress.maven.input.ManifestInput;
import io.github.istioegress.maven.input.ManifestSet;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.maven.report.Batch;
import io.github.istioegress.maven.report.FindingPage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Says what happens to a call, hop by hop, who can reach what, or what a finding code means; needs
 * no project.
 */
@Mojo(name = "explain", requiresProject = false, threadSafe = true)
public final class ExplainMojo extends AbstractInputMojo {

  /**
   * The call: {@code http://host[:port][/path]}, {@code https://}, {@code tls://}, {@code tcp://}.
   */
  @Parameter(property = "istio-egress.call")
  private String call = "";

  /** The caller: {@code namespace}, or {@code namespace/key=value,key=value} with pod labels. */
  @Parameter(property = "istio-egress.from")
  private String from = "";

  /** A YAML file of calls, each with its caller. */
  @Parameter(property = "istio-egress.calls")
  private @Nullable File calls;

  /**
   * True to say who can reach what: every caller of the manifests by every destination; {@code
   * from} then narrows it to the pods of a namespace, and no call is needed.
   */
  @Parameter(property = "istio-egress.reach", defaultValue = "false")
  private boolean reach;

  /** A finding code, {@code EGR101}, whose page is wanted. */
  @Parameter(property = "istio-egress.code")
  private String code = "";

  /** For Maven. */
  public ExplainMojo() {}

  @Override
  void answer(InputOptions options) {
    if (!code.isEmpty()) {
      deliver(FindingPage.of(code));
      return;
    }
    if (call.isEmpty() && calls == null && !reach) {
      throw new RefusedException(
          "which call? Say -Distio-egress.call=http://host/path, or name a file of calls, -Distio-egress.calls=calls.yaml; -Distio-egress.reach=true asks for all of them");
    }
    Optional<SourceFile> asked = Optional.ofNullable(calls).map(File::toPath).map(reader()::read);
    List<ManifestSet> sets = sets();
    if (sets.size() > 1 && !options.format().equals("text")) {
      throw new RefusedException(
          "several definitions have manifests, and %s is for one: say -Distio-egress.input=<folder of one of %s>"
              .formatted(options.format(), sets.stream().map(ManifestSet::name).toList()));
    }
    StringBuilder answer = new StringBuilder();
    for (ManifestSet set : sets) {
      if (sets.size() > 1) {
        answer.append(
            "%sdefinition %s%n%n".formatted(answer.isEmpty() ? "" : "%n".formatted(), set.name()));
      }
      answer.append(explain(set, asked, options));
    }
    deliver(answer.toString());
  }

  @Override
  void answerEach(Path folder, InputOptions options) {
    List<String> failed =
        new Batch(folder, "flows.json")
            .run(
                set ->
                    explain(ManifestSet.given(new ManifestInput(set).set()), calls(set), options));
    failed.forEach(getLog()::warn);
  }

  private Optional<SourceFile> calls(Path set) {
    Path file = Path.of("calls.yaml");
    return reach && Files.notExists(set.resolve(file))
        ? Optional.empty()
        : Optional.of(new ManifestInput(set).read(file));
  }

  private String explain(ManifestSet input, Optional<SourceFile> asked, InputOptions options) {
    EgressExplainer.Request request = options.request(input, asked, call, from);
    EgressExplainer.Explanation explanation =
        reach ? ReachExplainer.explain(request) : EgressExplainer.explain(request);
    explanation.problems().forEach(problem -> getLog().warn(problem.toString()));
    return explanation.text();
  }
}
