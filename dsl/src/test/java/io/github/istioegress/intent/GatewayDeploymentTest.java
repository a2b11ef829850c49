package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayDeploymentTest {

  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443);
  private static final GatewayDeployment DEPLOYED = GatewayDeployment.of(EDGE);

  private static EgressPlan plan() {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
  }

  @Test
  void byDefaultManifestsBringUpTwoToFivePodsInANamespaceOfTheirOwn() {
    assertThat(DEPLOYED.isByManifests()).isTrue();
    assertThat(DEPLOYED.home()).isEqualTo(GatewayDeployment.Home.CREATED);
    assertThat(DEPLOYED.replicas()).isEqualTo(new GatewayDeployment.Replicas(2, 5));
    assertThat(DEPLOYED.requests()).isEqualTo(new GatewayDeployment.PodResources("100m", "128Mi"));
    assertThat(DEPLOYED.limits()).isEqualTo(new GatewayDeployment.PodResources("2000m", "1024Mi"));
    assertThat(DEPLOYED.revision()).isEmpty();
  }

  @Test
  void everyWordChangesOneThing() {
    assertThat(
            DEPLOYED
                .byIstioInstallation()
                .inExistingNamespace()
                .replicas(3, 9)
                .requests("1", "1Gi")
                .limits("4", "2Gi")
                .revision("canary"))
        .isEqualTo(
            new GatewayDeployment(
                EDGE,
                GatewayDeployment.By.ISTIO_INSTALLATION,
                GatewayDeployment.Home.EXISTING,
                new GatewayDeployment.Replicas(3, 9),
                new GatewayDeployment.PodResources("1", "1Gi"),
                new GatewayDeployment.PodResources("4", "2Gi"),
                "canary"));
    assertThat(DEPLOYED.replicas(3).replicas().isFixed()).isTrue();
    assertThat(DEPLOYED.replicas().isFixed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,-1", "3,2"})
  void replicasAreARange(int atLeast, int atMost) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEPLOYED.replicas(atLeast, atMost))
        .withMessage(
            "replicas(%d, %d) is no range: say the least, from 1 on, and then the most",
            atLeast, atMost);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lots", "1 Gi", "-1", "100MB"})
  void quantitiesAreThoseOfKubernetes(String quantity) {
    String said = "'" + quantity + "' is no quantity of Kubernetes: write cpu as 100m or 2, ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEPLOYED.requests("1", quantity))
        .withMessageStartingWith(said);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEPLOYED.limits(quantity, "1Gi"))
        .withMessageStartingWith(said);
  }

  @Test
  void aServiceNeedsAPort() {
    EgressGateway without = EgressGateway.named("edge").in("egress").labelled("istio", "edge");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GatewayDeployment.of(without))
        .withMessage(
            "egress gateway egress/edge has no port, and Kubernetes takes no Service without: add"
                + " port(80, 8080)");
  }

  @Test
  void itsLabelAppIsItsName() {
    assertThat(GatewayDeployment.of(EDGE.labelled("app", "edge")).gateway().labels()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GatewayDeployment.of(EDGE.labelled("app", "other")))
        .withMessage(
            "egress gateway egress/edge is labelled app: other, but its Deployment finds its pods"
                + " by app: edge: use another key");
  }

  @Test
  void aRevisionIsALabelOfKubernetes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEPLOYED.revision("1.31"))
        .withMessageStartingWith(
            "revision of egress gateway egress/edge '1.31' is not a DNS label");
  }

  @Test
  void aPlanKnowsTheGatewaysThatItBringsUp() {
    GatewayDeployment other =
        GatewayDeployment.of(
            EgressGateway.named("a").in("egress").labelled("istio", "a").port(80, 8080));
    EgressPlan plan = plan().deploying(DEPLOYED).deploying(other);
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.deployments()).containsExactly(other, DEPLOYED);
    assertThat(plan.gateways()).containsExactly(other.gateway(), EDGE);
    assertThat(plan.deployment(EDGE)).contains(DEPLOYED);
    assertThat(plan.deployment(EgressGateway.istioDefault())).isEmpty();
    assertThat(plan.onMesh(Mesh.istio(IstioVersion.V1_30)).deployments()).hasSize(2);
  }

  @Test
  void aGatewayThatIsUsedAndDeployedIsOne() {
    EgressPlan plan =
        plan()
            .namespace(MeshNamespace.named("shop"), Egress.to("a.example").port(80).via(EDGE))
            .deploying(DEPLOYED);
    assertThat(plan.gateways()).containsExactly(EDGE);
  }

  @Test
  void aGatewayIsDeployedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan().deploying(DEPLOYED).deploying(DEPLOYED.replicas(3)))
        .withMessage("egress gateway egress/edge is deployed twice: keep one");
  }

  @Test
  void aSentenceDescribesItAsItIsDeployed() {
    EgressIntent said = Egress.to("a.example").port(80).via(EDGE.port(8080, 8081));
    EgressPlan plan = plan().namespace(MeshNamespace.named("shop"), said);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.deploying(DEPLOYED))
        .withMessage(
            said
                + " at "
                + said.origin().place()
                + " describes egress gateway egress/edge otherwise than it is deployed: give it the"
                + " same labels and ports, best as one value");
  }

  @Test
  void whatOneOpensMustNotOpenInAnother() {
    EgressGateway other =
        EgressGateway.named("edge")
            .in("elsewhere")
            .labelled("istio", "edge")
            .labelled("team", "b")
            .port(80, 8080);
    for (List<EgressGateway> both : List.of(List.of(EDGE, other), List.of(other, EDGE))) {
      EgressPlan plan = plan().deploying(GatewayDeployment.of(both.get(0)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.deploying(GatewayDeployment.of(both.get(1))))
          .withMessage(
              "egress gateways egress/edge and elsewhere/edge are both labelled {istio=edge}: what"
                  + " one opens would open in the other, too; give each a label of its own");
    }
  }

  @Test
  void istiosInstallationHasToBeSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan().deploying(DEPLOYED.byIstioInstallation()))
        .withMessage(
            "egress gateway egress/edge is deployed byIstioInstallation(), which the mesh does not"
                + " say: add installed(IstioInstall.named(...)) to it");
    Mesh installed = Mesh.istio(IstioVersion.V1_31).installed(IstioInstall.named("istio"));
    assertThat(EgressPlan.on(installed).deploying(DEPLOYED.byIstioInstallation()).gateways())
        .containsExactly(EDGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 21})
  void olderReleasesAreRefused(int minor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressPlan.on(Mesh.istio(IstioVersion.of(1, minor))).deploying(DEPLOYED))
        .withMessage(
            "egress gateway egress/edge can be deployed for Istio 1.22 and newer; the mesh is 1.%d",
            minor);
  }
}
