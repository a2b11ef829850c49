package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every layout through the same properties. */
class LayoutsTest {

  private static final List<HelmValues> VALUES =
      List.of(
          new HelmValues("istiod", "istiod", "istio-system", Map.of("revision", "1-31")),
          new HelmValues("egress", "gateway", "istio-system", Map.of("name", "egress")),
          new HelmValues("egress", "gateway", "edge", Map.of("name", "egress")));

  static List<OutputLayout> layouts() {
    return OutputLayouts.all();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyResourceIsInOneFileOnce(OutputLayout layout) {
    ResourceSet resources = twoTenants();
    RenderedFiles files = layout.render(resources, VALUES);
    List<SourceFile> sources =
        files.files().stream().map(file -> new SourceFile(file.path(), file.text())).toList();
    ReadManifests read = new ManifestReader().read(sources);
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().all().stream().map(resource -> resource.object()).toList())
        .isEqualTo(resources.all().stream().map(resource -> resource.object()).toList());
    assertThat(read.skippedDocuments()).isEqualTo(VALUES.size());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theSameResourcesGiveTheSameFiles(OutputLayout layout) {
    assertThat(layout.render(twoTenants(), VALUES)).isEqualTo(layout.render(twoTenants(), VALUES));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void nothingGivesNoFiles(OutputLayout layout) {
    assertThat(layout.render(ResourceSet.builder().build(), List.of()).files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aLayoutIsFoundByItsName(OutputLayout layout) {
    assertThat(OutputLayouts.named(layout.name())).isSameAs(layout);
  }

  @Test
  void anUnknownNameIsToldTheKnownOnes() {
    assertThatThrownBy(() -> OutputLayouts.named("flat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'flat'")
        .hasMessageContaining("namespace");
    assertThat(OutputLayouts.byDefault().name()).isEqualTo("namespace");
  }

  @Test
  void oneFileANamespace() {
    RenderedFiles files = OutputLayouts.named("namespace").render(twoTenants(), VALUES);
    assertThat(files.byPath().keySet())
        .containsExactly(
            "cluster.yaml",
            "install/edge.egress-values.yaml",
            "install/istio-operator.yaml",
            "install/istio-system.egress-values.yaml",
            "install/istiod-values.yaml",
            "tenant-a.yaml",
            "tenant-b.yaml");
    assertThat(files.text("tenant-a.yaml").orElseThrow())
        .startsWith("apiVersion: v1\nkind: Namespace\n")
        .contains("kind: ServiceEntry")
        .doesNotContain("tenant-b");
    assertThat(files.text("install/istiod-values.yaml")).contains("revision: \"1-31\"\n");
  }

  @Test
  void severalInstallationsBearTheirNames() {
    ResourceSet resources =
        ResourceSet.builder()
            .add(generic("install.istio.io/v1alpha1", "IstioOperator", "blue", "istio-system"))
            .add(generic("install.istio.io/v1alpha1", "IstioOperator", "green", "istio-system"))
            .build();
    assertThat(OutputLayouts.byDefault().render(resources, List.of()).byPath().keySet())
        .containsExactly("install/blue.yaml", "install/green.yaml");
  }

  @Test
  void aNamespaceThatWouldBeAnotherFileIsRefused() {
    for (String name : List.of("cluster", "con", "../x")) {
      ResourceSet resources =
          ResourceSet.builder().add(serviceEntry(name)).add(clusterRole()).build();
      assertThatThrownBy(() -> OutputLayouts.byDefault().render(resources, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name);
    }
  }

  private static ResourceSet twoTenants() {
    return ResourceSet.builder()
        .add(serviceEntry("tenant-b"))
        .add(serviceEntry("tenant-a"))
        .add(namespace("tenant-a"))
        .add(namespace("tenant-b"))
        .add(clusterRole())
        .add(generic("install.istio.io/v1alpha1", "IstioOperator", "istio", "istio-system"))
        .build();
  }

  private static HasMetadata namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static HasMetadata serviceEntry(String namespace) {
    return new ServiceEntryBuilder()
        .withNewMetadata()
        .withName("cnn")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withHosts("edition.cnn.com")
        .endSpec()
        .build();
  }

  private static HasMetadata clusterRole() {
    GenericKubernetesResource role =
        generic("rbac.authorization.k8s.io/v1", "ClusterRole", "reader", "");
    role.getMetadata().setNamespace(null);
    return role;
  }

  private static GenericKubernetesResource generic(
      String apiVersion, String kind, String name, String namespace) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(apiVersion);
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    return resource;
  }
}
