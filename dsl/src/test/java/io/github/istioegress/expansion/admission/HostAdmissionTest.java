package io.github.istioegress.expansion.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.AdmissionGuard;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostAdmissionTest {

  private static final AdmissionGuard GUARD =
      AdmissionGuard.deployedByServiceAccount("argocd", "controller")
          .or(AdmissionGuard.deployedByGroup("o'brien's \\ team"));

  private static ResourceSet expanded(Mesh mesh, EgressIntent... sentences) {
    return Expansion.expand(
            EgressPlan.on(mesh).namespace(MeshNamespace.named("shop").injected(), sentences))
        .resources();
  }

  private static ResourceSet guarded(EgressIntent... sentences) {
    return expanded(Mesh.istio(IstioVersion.V1_31).guardedBy(GUARD), sentences);
  }

  private static String spec(ResourceSet resources, ResourceKind kind) {
    return ((GenericKubernetesResource) resources.of(kind).get(0).object()).get("spec").toString();
  }

  @Test
  void aNamespaceBearsItsHostsAndWhatBindsThePolicyToIt() {
    ResourceSet resources =
        guarded(
            Egress.to("b.example").port(443).direct(),
            Egress.to("a.example").port(80).via(EgressGateway.istioDefault()));
    Resource namespace = resources.of(ResourceKind.NAMESPACE).get(0);

    assertThat(namespace.object().getMetadata().getAnnotations())
        .isEqualTo(Map.of("istioegress.github.io/hosts", "a.example,b.example"));
    assertThat(namespace.object().getMetadata().getLabels())
        .containsEntry("istioegress.github.io/admission", "own-hosts");
    assertThat(spec(resources, ResourceKind.VALIDATING_ADMISSION_POLICY_BINDING))
        .contains("istioegress.github.io/admission=own-hosts", "[Deny]");
  }

  @Test
  void whoDeploysAndWhereGatewaysLieIsAllThatThePolicyKnows() {
    String policy =
        spec(
            guarded(Egress.to("a.example").port(80).via(EgressGateway.istioDefault())),
            ResourceKind.VALIDATING_ADMISSION_POLICY);

    assertThat(policy)
        .contains(
            "['system:serviceaccount:argocd:controller']",
            "['o\\'brien\\'s \\\\ team']",
            "['istio-system']")
        .doesNotContain("a.example");
  }

  @Test
  void aMeshWithoutTheWordHasNoneOfIt() {
    ResourceSet resources =
        expanded(Mesh.istio(IstioVersion.V1_31), Egress.to("a.example").port(443).direct());

    assertThat(resources.of(ResourceKind.VALIDATING_ADMISSION_POLICY)).isEmpty();
    assertThat(resources.of(ResourceKind.NAMESPACE).get(0).object().getMetadata().getAnnotations())
        .isNullOrEmpty();
  }

  @Test
  void somebodyDeploys() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdmissionGuard(List.of(), List.of()))
        .withMessageStartingWith("nobody may deploy past the guard");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdmissionGuard.deployedByGroup("a\nb"))
        .withMessageContaining("is no name of who deploys");
  }

  @Test
  void moreHostsThanAnAnnotationHoldsAreRefused() {
    String label = "x".repeat(60);
    EgressIntent[] many =
        IntStream.range(0, 1200)
            .mapToObj(i -> label + "." + label + "." + label + ".host" + i + ".example")
            .map(host -> Egress.to(host).port(443).direct())
            .toArray(EgressIntent[]::new);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> guarded(many))
        .withMessageStartingWith(
            "namespace shop names 1200 hosts, more than the guard's annotation");
  }
}
