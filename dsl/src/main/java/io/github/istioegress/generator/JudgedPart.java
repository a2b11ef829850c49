package io.github.istioegress.generator;

import io.github.istioegress.analysis.Analysis;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Setting;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be said of a part of a plan, of which everything was read back: each declared call,
 * followed, and what will not do as intended.
 *
 * @param calls the calls
 * @param findings the findings
 */
record JudgedPart(List<DeclaredCall> calls, List<Finding> findings) {

  /** Nothing is to be said. */
  static final JudgedPart NOTHING = new JudgedPart(List.of(), List.of());

  /**
   * Judges a part.
   *
   * @param plan the part
   * @param read its resources
   * @param share what of it is worked on
   */
  static JudgedPart of(EgressPlan plan, ResourceSet read, Share share) {
    List<GatewayWorkload> gateways = gateways(plan);
    MeshModel model = MeshModel.of(read, gateways, plan.mesh().config(), plan.mesh().version());
    List<DeclaredCall> calls = new ArrayList<>();
    for (NamespaceEgress said : plan.namespaces()) {
      String namespace = said.namespace().name();
      if (share.namespaces().test(namespace)) {
        for (EgressIntent intent : said.intents()) {
          DeclaredCall.all(said.namespace(), intent).stream()
              .map(made -> new DeclaredCall(namespace, intent, model.tracer().trace(made)))
              .forEach(calls::add);
        }
      }
    }
    SaidAt said = SaidAt.of(plan, read);
    // Whether tenants are to be kept apart, the sentences say: by who may call, and by lock-down.
    Setting setting = new Setting(true, gateways, List.of(), false, direct(plan));
    return new JudgedPart(
        calls,
        Analysis.of(new AnalysisContext(read, model, setting)).stream()
            .map(finding -> finding.definedAt(said.definition(finding)))
            .toList());
  }

  /** What sentences send out past every gateway. */
  private static Set<String> direct(EgressPlan plan) {
    Set<String> direct = new HashSet<>();
    for (NamespaceEgress said : plan.namespaces()) {
      for (EgressIntent intent : said.intents()) {
        if (intent.path().isDirect()) {
          direct.add(
              "%s/%s:%s"
                  .formatted(
                      said.namespace().name(), intent.host().name(), intent.port().number()));
        }
      }
    }
    return direct;
  }

  /**
   * Gateways that are there; what the manifests bring up is read there, or derived as istiod does.
   */
  private static List<GatewayWorkload> gateways(EgressPlan plan) {
    return plan.gateways().stream()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API)
        .filter(
            gateway -> plan.deployment(gateway).filter(GatewayDeployment::isByManifests).isEmpty())
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
  }
}
