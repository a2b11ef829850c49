package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  private static final Delivery DELIVERY =
      new Delivery("https://git.acme.example/platform/egress.git", "main", "manifests");

  static List<OutputLayout> layouts() {
    return OutputLayouts.names().stream().map(name -> OutputLayouts.named(name, DELIVERY)).toList();
  }

  private static RenderedFiles render(OutputLayout layout, ResourceSet resources) {
    return new Rendering(layout).all("fleet", resources, VALUES);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyResourceIsInOneFileOnce(OutputLayout layout) {
    readsBack(layout, twoTenants());
  }

  /** What the examples and the corners of the expansion are made of. */
  static Stream<Path> sets() throws IOException {
    return Stream.of(
            Path.of("../generated-examples/manifests"),
            Path.of("src/test/java/io/github/istioegress/expansion/approved"))
        .flatMap(
            folder -> {
              try (Stream<Path> sets = Files.list(folder)) {
                return sets.sorted().toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .filter(set -> Files.isDirectory(set) || set.toString().endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everyExampleAndEveryCornerReadsBackFromEveryLayout(Path set) throws IOException {
    List<SourceFile> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(set)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        sources.add(new SourceFile(file.toString(), Files.readString(file)));
      }
    }
    ResourceSet resources = new ManifestReader().read(sources).resources();
    assertThat(resources.size()).isPositive();
    layouts().forEach(layout -> readsBack(layout, resources));
  }

  private static void readsBack(OutputLayout layout, ResourceSet resources) {
    RenderedFiles files = render(layout, resources);
    List<SourceFile> sources =
        files.files().stream()
            .filter(RenderedFile::isManifest)
            .map(file -> new SourceFile(file.path(), layout.yaml(file.path(), file.text())))
            .toList();
    ReadManifests read = new ManifestReader().read(sources);
    assertThat(read.findings()).isEmpty();
    assertThat(read.skippedDocuments()).isZero();
    ManifestWriter writer = new ManifestWriter();
    assertThat(read.resources().all().stream().map(one -> writer.write(one.object(), Map.of())))
        .containsExactlyElementsOf(
            resources.all().stream()
                .map(one -> writer.write(one.object(), layout.annotations(one)))
                .toList());
    // A namespace's files are known as its own, whatever is in them.
    files.files().stream()
        .filter(RenderedFile::isManifest)
        .forEach(file -> assertThat(file.homes()).as(file.path()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void nothingInADocumentBecomesATemplate(OutputLayout layout) {
    readsBack(layout, braces());
  }

  /** Helm itself reads them there. */
  @Test
  void theChartOfTheConformanceTestsIsThis() throws IOException {
    Path folder = Path.of("../conformance/layouts/testdata/braces");
    Map<String, String> files = new TreeMap<>();
    Map.of("namespace", "manifests/", "helm", "chart/")
        .forEach(
            (layout, below) ->
                new Rendering(OutputLayouts.named(layout))
                    .all("fleet", braces(), List.of())
                    .byPath()
                    .forEach((path, text) -> files.put(below + path, text)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (Boolean.getBoolean("layouts.update")) {
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, file.getValue());
      }
      assertThat(path).content().isEqualTo(file.getValue());
    }
  }

  private static ResourceSet braces() {
    ResourceSet.Builder resources = ResourceSet.builder();
    for (String text :
        List.of(
            "{{ .Values.x }}",
            "{{{{`{{`}}}}",
            "{{`{{`}}",
            "it's {{ \"so\" }}",
            "a{{/* b */}}",
            "# {{ end }}\n{{- if x -}}\n")) {
      HasMetadata object = serviceEntry("tenant-a");
      object.getMetadata().setName("n" + Integer.toHexString(text.hashCode()));
      object.getMetadata().setAnnotations(Map.of("acme.example/format", text));
      resources.add(object);
    }
    return resources.build();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyTextIsYamlThatReadersOfManifestsUnderstand(OutputLayout layout) {
    ReadManifests read =
        new ManifestReader()
            .read(
                render(layout, twoTenants()).files().stream()
                    .filter(file -> file.path().endsWith(".yaml"))
                    .map(file -> new SourceFile(file.path(), file.text()))
                    .toList());
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().all()).hasSizeGreaterThanOrEqualTo(twoTenants().size());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theSameResourcesGiveTheSameFiles(OutputLayout layout) {
    assertThat(render(layout, twoTenants())).isEqualTo(render(layout, twoTenants()));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void nothingGivesNoFiles(OutputLayout layout) {
    assertThat(new Rendering(layout).all("fleet", ResourceSet.builder().build(), List.of()).files())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void whatInstallsIstioLiesApart(OutputLayout layout) {
    assertThat(render(layout, twoTenants()).byPath().keySet())
        .filteredOn(path -> path.startsWith("install/"))
        .containsExactly(
            "install/edge.egress-values.yaml",
            "install/istio-operator.yaml",
            "install/istio-system.egress-values.yaml",
            "install/istiod-values.yaml");
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aLayoutIsFoundByItsName(OutputLayout layout) {
    assertThat(OutputLayouts.names()).contains(layout.name());
    assertThat(OutputLayouts.named(layout.name(), DELIVERY)).hasSameClassAs(layout);
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
    RenderedFiles files = render(OutputLayouts.named("namespace"), twoTenants());
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
  void aFolderANamespaceAndAFileAKind() {
    assertThat(render(OutputLayouts.named("tenant"), twoTenants()).byPath().keySet())
        .filteredOn(path -> !path.startsWith("install/"))
        .containsExactly(
            "cluster/cluster-role.yaml",
            "namespaces/tenant-a/namespace.yaml",
            "namespaces/tenant-a/service-entry.yaml",
            "namespaces/tenant-b/namespace.yaml",
            "namespaces/tenant-b/service-entry.yaml");
    assertThat(
            new Folders("x/").path(Resource.of(generic("a/v1", "BackendTLSPolicy", "n", "shop"))))
        .isEqualTo("x/namespaces/shop/backend-tls-policy.yaml");
  }

  @Test
  void filesSortAsTheyAreApplied() {
    assertThat(render(OutputLayouts.named("apply-order"), twoTenants()).byPath().keySet())
        .filteredOn(path -> !path.startsWith("install/"))
        .containsExactly(
            "1-namespaces.tenant-a.yaml",
            "1-namespaces.tenant-b.yaml",
            "2-prerequisites.yaml",
            "7-destinations.tenant-a.yaml",
            "7-destinations.tenant-b.yaml");
  }

  @Test
  void aNamespaceThatWouldBeAnotherFileIsRefused() {
    for (String name : List.of("cluster", "con", "../x")) {
      ResourceSet resources =
          ResourceSet.builder().add(serviceEntry(name)).add(clusterRole()).build();
      assertThatThrownBy(() -> render(OutputLayouts.byDefault(), resources))
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
