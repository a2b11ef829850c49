package io.github.istioegress.manifest;

import static io.github.istioegress.manifest.Reading.codes;
import static io.github.istioegress.manifest.Reading.findings;
import static io.github.istioegress.manifest.Reading.objects;
import static io.github.istioegress.manifest.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

  static List<HasMetadata> resources() {
    return WrittenResources.all();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void whatIsWrittenReadsBackEqual(HasMetadata resource) {
    ReadManifests read = read(new ManifestWriter().write(List.of(resource)));
    assertThat(read.findings()).isEmpty();
    assertThat(objects(read)).singleElement().isEqualTo(resource);
  }

  @Test
  void allTogetherReadBackAndWriteTheSameBytes() {
    String text = new ManifestWriter().write(WrittenResources.all());
    ReadManifests read = read(text);
    assertThat(read.resources().size()).isEqualTo(WrittenResources.all().size());
    String again = new ManifestWriter().write(objects(read));
    assertThat(objects(read(again))).isEqualTo(objects(read));
    assertThat(new ManifestWriter().write(objects(read(again)))).isEqualTo(again);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1", "v1alpha3"})
  void theApiVersionStaysAsWritten(String version) {
    ReadManifests read =
        read(Reading.serviceEntry("hosts: [a.example]").replace("io/v1", "io/" + version));
    HasMetadata object = objects(read).get(0);
    assertThat(object).isInstanceOf(ServiceEntry.class);
    assertThat(object.getApiVersion()).isEqualTo("networking.istio.io/" + version);
  }

  @Test
  void aMissingNamespaceIsDefault() {
    ReadManifests read =
        read(
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata:
              name: cnn
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: reader}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """);
    assertThat(read.resources().all().stream().map(Resource::key))
        .containsExactlyInAnyOrder(
            ResourceKind.SERVICE_ENTRY.key("default", "cnn"),
            new ResourceKey("rbac.authorization.k8s.io", "ClusterRole", "", "reader"),
            ResourceKind.NAMESPACE.key("", "shop"));
  }

  @Test
  void aGatewayOfIstioAndOneOfTheGatewayApiMayHaveOneName() {
    ReadManifests read =
        read(
            """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: egress, namespace: shop}
            spec: {selector: {istio: egressgateway}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: egress, namespace: shop}
            spec: {gatewayClassName: istio}
            """);
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().all()).hasSize(2);
    assertThat(read.resources().of(ResourceKind.GATEWAY)).hasSize(1);
  }

  @Test
  void placesAreThoseOfTheText() {
    Resource resource =
        read("""
                # a comment with ümlauts
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata:
                  name: cnn
                  labels: {istio.io/rev: "a"}
                spec:
                  hosts: [edition.cnn.com]
                  http:
                  - match:
                    - port: 80
                      gateways: [mesh]
                """)
            .resources()
            .all()
            .get(0);
    assertThat(place(resource, "")).isEqualTo("in.yaml 2:1");
    assertThat(place(resource, "spec.http[0]")).isEqualTo("in.yaml 10:5");
    assertThat(place(resource, "spec.http[0].match[0].port")).isEqualTo("in.yaml 11:7");
    assertThat(place(resource, "spec.http[0].match[0].uri")).isEqualTo("in.yaml 11:7");
    assertThat(place(resource, "spec.http[7]")).isEqualTo("in.yaml 9:3");
    assertThat(place(resource, "spec.hosts[0]")).isEqualTo("in.yaml 8:11");
    assertThat(place(resource, "metadata.labels.istio.io/rev")).isEqualTo("in.yaml 6:12");
    assertThat(place(resource, "nothing.at.all")).isEqualTo("in.yaml 2:1");
  }

  private static String place(Resource resource, String path) {
    return resource
        .source()
        .place(path)
        .map(place -> "%s %d:%d".formatted(place.file(), place.line(), place.column()))
        .orElse("none");
  }

  @Test
  void jsonIsReadWithItsTabsAndEscapes() {
    ReadManifests read =
        read(
            "in.json",
            """
            {
            \t"apiVersion": "networking.istio.io/v1",
            \t"kind": "ServiceEntry",
            \t"metadata": {"name": "cnn", "annotations": {"a": "x\\/y\\u00fc\\ud83d\\ude00\\t"}},
            \t"spec": {"hosts": ["edition.cnn.com"], "ports": [{"number": 80, "name": "http"}]}
            }
            """);
    assertThat(read.findings()).isEmpty();
    ServiceEntry entry = (ServiceEntry) objects(read).get(0);
    assertThat(entry.getSpec().getPorts().get(0).getNumber()).isEqualTo(80);
    assertThat(entry.getMetadata().getAnnotations()).containsEntry("a", "x/yü😀\t");
  }

  @Test
  void listsAreUnwrapped() {
    ReadManifests read =
        read(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Service
              metadata: {name: a, namespace: shop}
            - apiVersion: v1
              kind: Service
              metadata: {name: b, namespace: shop}
            """);
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().of(ResourceKind.SERVICE)).hasSize(2);
    assertThat(place(read.resources().all().get(1), "metadata")).isEqualTo("in.yaml 9:3");
  }

  @Test
  void otherVendorsKindsAreKeptAsTheyAre() {
    ReadManifests read =
        read(
            """
            apiVersion: security.istio.io/v1
            kind: RequestAuthentication
            metadata: {name: jwt, namespace: shop}
            spec: {}
            ---
            apiVersion: example.com/v1
            kind: Thing
            metadata: {name: t, namespace: shop}
            spec: {on: yes, octal: 0644, list: [1:20, null]}
            """);
    assertThat(read.findings()).isEmpty();
    assertThat(objects(read)).allMatch(GenericKubernetesResource.class::isInstance);
    assertThat(read.resources().all()).hasSize(2);
    GenericKubernetesResource thing = (GenericKubernetesResource) objects(read).get(1);
    Object octal = thing.get("spec", "octal");
    assertThat(octal).isEqualTo(420);
  }

  @Test
  void whatIsNoResourceIsCountedAndSkipped() {
    ReadManifests read =
        read(
            """
            global: {hub: docker.io/istio}
            ---
            # nothing here
            ---
            apiVersion: v2
            name: a-chart
            ---
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [a.yaml]
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """);
    assertThat(read.findings()).isEmpty();
    assertThat(read.skippedDocuments()).isEqualTo(3);
    assertThat(read.resources().size()).isEqualTo(1);
  }

  @Test
  void dailyOdditiesAreNoFindings() {
    ReadManifests read =
        read(
            "\uFEFF---\r\napiVersion: v1 # first\r\nkind: Namespace\r\nmetadata:\r\n name: shöp"
                + "\r\nstatus: {phase: Active}\r\n...\r\n---\r\n");
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().size()).isEqualTo(1);
  }

  @Test
  void twoDocumentsForOneResourceAreTold() {
    String entry = Reading.serviceEntry("hosts: [a.example]");
    ReadManifests read =
        new ManifestReader()
            .read(List.of(new SourceFile("a.yaml", entry), new SourceFile("b.yaml", entry)));
    assertThat(codes(read)).containsExactly("EGR704 b.yaml:1:1");
    assertThat(read.findings().get(0).message())
        .isEqualTo("ServiceEntry shop/cnn stands here and at a.yaml:1:1");
  }

  @Test
  void twoVendorsKindsOfOneNameAreNoDuplicate() {
    ReadManifests read =
        read(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: egress, namespace: shop}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: egress, namespace: shop}
            """);
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().of(ResourceKind.GATEWAY)).hasSize(1);
  }

  @Test
  void aResourceNeedsAName() {
    assertThat(findings("apiVersion: v1\nkind: Service\nmetadata: {namespace: shop}\n"))
        .containsExactly("EGR902 in.yaml:3:1");
    assertThat(findings("apiVersion: v1\nkind: Service\nmetadata:\n  name: 80\n"))
        .containsExactly("EGR902 in.yaml:4:3");
    assertThat(findings("apiVersion: v1\nkind: Service\nmetadata:\n  name: on\n"))
        .containsExactly("EGR903 in.yaml:4:3");
  }

  @Test
  void metadataThatIsNoMappingIsTold() {
    assertThat(findings("apiVersion: v1\nkind: Service\nmetadata: [name]\n"))
        .containsExactly("EGR902 in.yaml:3:1");
  }

  @Test
  void theFieldsOfAReadRouteAreTyped() {
    ReadManifests read =
        read(
            Reading.virtualService(
                "hosts: [a.example]",
                "http:",
                "- match: [{uri: {prefix: /a}, port: 80}]",
                "  route: [{destination: {host: b.example, port: {number: 443}}}]"));
    assertThat(read.findings()).isEmpty();
    VirtualService service = (VirtualService) objects(read).get(0);
    assertThat(service.getSpec().getHttp().get(0).getMatch().get(0).getPort()).isEqualTo(80);
  }
}
