package io.github.istioegress.generator;

import io.github.istioegress.expansion.ExpandedEgress;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.layout.OutputLayout;
import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.layout.Rendering;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.TraceText;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a plan through every stage: expand, render, read back, trace. What is traced is what was
 * written, read as a cluster would read it.
 */
public final class EgressGenerator {

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
   * Generates a plan.
   *
   * @param name the folder of its files
   * @param said the plan
   * @throws IllegalArgumentException when the plan is empty or contradicts itself, or when a
   *     declared call does not take the way that its sentence says
   */
  public GeneratedEgress generate(String name, EgressPlan said) {
    return generate(name, said, Share.ALL);
  }

  /** The same, tracing and yielding only a share of it; what the whole says is checked as ever. */
  GeneratedEgress generate(String name, EgressPlan said, Share share) {
    EgressPlan plan = target.map(version -> said.onMesh(said.mesh().target(version))).orElse(said);
    if (plan.isEmpty()) {
      throw new IllegalArgumentException(
          "the plan at %s says nothing: give it a namespace with sentences, as in %s"
              .formatted(
                  plan.origin().place(),
                  "EgressPlan.on(mesh).namespace(MeshNamespace.named(\"shop\"),"
                      + " Egress.to(\"edition.cnn.com\").port(80).via(gateway))"));
    }
    ExpandedEgress expanded = Expansion.expand(plan);
    RenderedFiles files =
        inFolder(
            name, new Rendering(layout).all(name, expanded.resources(), expanded.helmValues()));
    ReadManifests read = readBack(files);
    return new GeneratedEgress(
        name, read.resources(), files, traced(plan, read, share), share.leftAlone(files));
  }

  private static RenderedFiles inFolder(String folder, RenderedFiles files) {
    return new RenderedFiles(files.files().stream().map(file -> file.in(folder)).toList());
  }

  private ReadManifests readBack(RenderedFiles files) {
    ReadManifests read =
        new ManifestReader()
            .read(
                files.files().stream()
                    .filter(RenderedFile::isManifest)
                    .map(file -> new SourceFile(file.path(), layout.yaml(file.text())))
                    .toList());
    List<Finding> lost = read.findings();
    if (!lost.isEmpty()) {
      throw new IllegalStateException("what was written does not read back: " + lost);
    }
    return read;
  }

  private static List<DeclaredCall> traced(EgressPlan plan, ReadManifests read, Share share) {
    List<GatewayWorkload> gateways =
        plan.gateways().stream()
            // What the manifests themselves bring up is read there, or derived as istiod does.
            .filter(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API)
            .filter(
                gateway ->
                    plan.deployment(gateway).filter(GatewayDeployment::isByManifests).isEmpty())
            .map(
                gateway ->
                    new GatewayWorkload(
                        gateway.name(),
                        gateway.namespace(),
                        gateway.labels(),
                        gateway.ports().stream()
                            .map(p -> new GatewayWorkload.Port(p.port(), p.targetPort()))
                            .toList()))
            .toList();
    Tracer tracer =
        Tracer.of(read.resources(), gateways, plan.mesh().config(), plan.mesh().version());
    List<DeclaredCall> calls = new ArrayList<>();
    List<String> astray = new ArrayList<>();
    for (NamespaceEgress said : plan.namespaces()) {
      String namespace = said.namespace().name();
      if (!share.namespaces().test(namespace)) {
        continue;
      }
      for (EgressIntent intent : said.intents()) {
        for (Call made : DeclaredCall.all(said.namespace(), intent)) {
          DeclaredCall call = new DeclaredCall(namespace, intent, tracer.trace(made));
          calls.add(call);
          if (!call.isAsSaid()) {
            astray.add(
                "%s at %s does not take the way it says:\n%s"
                    .formatted(
                        intent, intent.origin().place(), TraceText.of(List.of(call.trace()))));
          }
        }
      }
    }
    if (!astray.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", astray));
    }
    return calls;
  }
}
