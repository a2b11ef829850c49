package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What cannot go through a waypoint, and what sentences that share one have to agree on. */
class WaypointCheckTest {

  private static final AmbientMesh<IstioVersion.Since1_30> MESH =
      Mesh.istio(IstioVersion.V1_31).ambient();
  private static final Waypoint EDGE = Waypoint.in("egress").named("edge").on(MESH);
  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  private static EgressPlan plan(Mesh mesh, EgressIntent... said) {
    return EgressPlan.on(mesh).namespace(MeshNamespace.named("shop"), said);
  }

  private static HttpGatewayIntent http() {
    return Egress.to("a.example").http(80).via(EDGE);
  }

  @Test
  void itIsAWayOfItsOwn() {
    assertThat(http().path().waypoint()).contains(EDGE);
    assertThat(http().path().gateway()).isEmpty();
    assertThat(http().path().isDirect()).isFalse();
    assertThat(http()).hasToString("Egress.to(\"a.example\").http(80).via(egress/edge)");
    assertThat(http().from(Callers.namespace("shop")).path().waypoint())
        .as("ztunnel proves who calls anyway")
        .contains(EDGE);
  }

  @Test
  void aMeshWithoutAmbientModeHasNone() {
    EgressIntent said = http();
    assertThat(plan(MESH, said).namespaces()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Mesh.istio(IstioVersion.V1_31), said))
        .withMessage(
            "%s at %s goes through a waypoint, and the plan's mesh is not in ambient mode: say"
                + " EgressPlan.on(mesh.ambient())",
            said, said.origin().place());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Mesh.istio(IstioVersion.V1_24).ambient(), said))
        .withMessageContaining("asks for a waypoint, which we generate for Istio 1.25 and newer");
  }

  @Test
  void whatItCannotDoIsRefusedWithTheReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.to("a.example").tcp(5432).at("203.0.113.3").via(EDGE))
        .withMessageContaining(
            "a.example tcp(5432) cannot go so via waypoint egress/edge: ztunnel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> http().fault(Fault.delay(Duration.ofSeconds(1))))
        .withMessageContaining("the caller's sidecar makes faults, and its pods have none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> http().visible(Visibility.MESH_DEFAULT))
        .withMessageContaining("ztunnel does not heed exportTo");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.to("a.example").answeredBy("b.example").http(80).via(EDGE))
        .withMessageContaining("is not offered at a waypoint");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Waypoint.in("egress").named("none").on(MESH))
        .withMessageContaining("takes this for no waypoint");
  }

  @Test
  void oneHostTakesOneWayForTheWholeMesh() {
    EgressIntent one = http();
    EgressIntent other = Egress.to("a.example").http(80).via(GATEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressPlan.on(MESH)
                    .namespace(MeshNamespace.named("bank"), one)
                    .namespace(MeshNamespace.named("shop"), other))
        .withMessageContaining("lead to one host by a waypoint and by another way");
  }

  @Test
  void itsNamespaceIsForItselfAlone() {
    EgressIntent said = http();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressPlan.on(MESH).namespace(MeshNamespace.named("egress"), said))
        .withMessageContaining("whose namespace has sentences of its own");
  }
}
