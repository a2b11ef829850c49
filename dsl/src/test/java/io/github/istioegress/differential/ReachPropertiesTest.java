package io.github.istioegress.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.reach.Enforcement.Holds;
import io.github.istioegress.reach.Enforcement.Layer;
import io.github.istioegress.reach.ReachCell;
import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.reach.ReachText;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Around;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The matrix of any mesh says no more than the tracer says of its calls, one by one. */
class ReachPropertiesTest {

  private static final GatewayWorkload EGRESS_GATEWAY =
      new GatewayWorkload(
          "istio-egressgateway",
          "istio-system",
          Map.of("app", "istio-egressgateway", "istio", "egressgateway"),
          List.of(new GatewayWorkload.Port(80, 8080), new GatewayWorkload.Port(443, 8443)));

  @Property(tries = 120)
  void eachCellIsTheTraceOfItsCall(@ForAll @LongRange(min = 1, max = 5000) long seed) {
    ResourceSet resources =
        new ManifestReader()
            .read(List.of(new SourceFile("mesh.yaml", DifferentialCases.make(seed).manifests())))
            .resources();
    Tracer tracer =
        Tracer.of(
            resources,
            List.of(EGRESS_GATEWAY),
            MeshConfig.istioDefault()
                .withOutboundTrafficPolicy(
                    seed % 2 == 0
                        ? OutboundTrafficPolicy.ALLOW_ANY
                        : OutboundTrafficPolicy.REGISTRY_ONLY),
            IstioVersion.V1_31);
    List<Call> asked = List.of(Call.to(Caller.in("app-a"), "http://edition.cnn.com/politics"));
    ReachMatrix matrix = ReachMatrix.of(resources, tracer, asked, seed % 3 == 0 ? "app-a" : "");

    assertThat(matrix.cells())
        .hasSize(matrix.callers().size() * matrix.destinations().size())
        .allSatisfy(cell -> judged(cell, tracer));
    assertThat(ReachText.of(matrix)).endsWith("\n").doesNotContain("\u0000");
  }

  private static void judged(ReachCell cell, Tracer tracer) {
    Call call = cell.destination().from(cell.caller().pod());
    Trace trace =
        cell.caller()
            .around()
            .map(around -> tracer.trace(call, around))
            .orElseGet(() -> tracer.trace(call));
    assertThat(cell.outcome()).isEqualTo(trace.outcome());
    assertThat(cell.way()).isEqualTo(trace.way());
    if (cell.outcome() == Outcome.UNDETERMINED) {
      assertThat(cell.enforcement().layer()).isEqualTo(Layer.UNDETERMINED);
    }
    if (cell.enforcement().holds() == Holds.YES) {
      assertThat(tracer.trace(call, new Around("", false)).outcome().leaves())
          .as("%s, held by %s", call.url(), cell.enforcement())
          .isFalse();
    }
  }
}
