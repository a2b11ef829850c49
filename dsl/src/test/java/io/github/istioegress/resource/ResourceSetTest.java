package io.github.istioegress.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceSetTest {

  private static HasMetadata namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static HasMetadata entry(String namespace, String name, String host) {
    return new ServiceEntryBuilder()
        .withMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build())
        .withNewSpec()
        .withHosts(host)
        .endSpec()
        .build();
  }

  private static GenericKubernetesResource generic(String apiVersion, String kind) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(apiVersion);
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName("x").build());
    return resource;
  }

  private static List<HasMetadata> oneOfEach() {
    var meta = new ObjectMetaBuilder().withNamespace("shop").withName("x").build();
    return List.of(
        namespace("shop"),
        entry("shop", "a", "a.example"),
        entry("shop", "b", "b.example"),
        new GatewayBuilder().withMetadata(meta).build(),
        new DestinationRuleBuilder().withMetadata(meta).build(),
        new VirtualServiceBuilder().withMetadata(meta).build(),
        namespace("bank"),
        entry("bank", "z", "z.example"));
  }

  @RepeatedTest(5)
  void resourcesStandInTheOrderThatIsSafeToApply(RepetitionInfo repetition) {
    List<HasMetadata> shuffled = new ArrayList<>(oneOfEach());
    Collections.shuffle(shuffled, new Random(repetition.getCurrentRepetition()));
    ResourceSet.Builder builder = ResourceSet.builder();
    shuffled.forEach(builder::add);
    assertThat(builder.build().all())
        .extracting(resource -> resource.key().toString())
        .containsExactly(
            "Namespace bank",
            "ServiceEntry bank/z",
            "Namespace shop",
            "ServiceEntry shop/a",
            "ServiceEntry shop/b",
            "Gateway shop/x",
            "DestinationRule shop/x",
            "VirtualService shop/x");
  }

  @Test
  void theSameAgainChangesNothing() {
    ResourceSet set =
        ResourceSet.builder()
            .add(entry("shop", "a", "a.example"))
            .add(entry("shop", "a", "a.example"))
            .build();
    assertThat(set.size()).isEqualTo(1);
  }

  @Test
  void anotherOfTheSameNameIsRefused() {
    ResourceSet.Builder builder = ResourceSet.builder().add(entry("shop", "a", "a.example"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(entry("shop", "a", "b.example")))
        .withMessage(
            "ServiceEntry shop/a would be made twice with different content: give one of them"
                + " another name");
  }

  @Test
  void resourcesAreFoundByKeyAndKind() {
    ResourceSet.Builder builder = ResourceSet.builder();
    oneOfEach().forEach(builder::add);
    assertThat(builder.contains(ResourceKind.GATEWAY.key("shop", "x"))).isTrue();
    assertThat(builder.contains(ResourceKind.GATEWAY.key("bank", "x"))).isFalse();
    ResourceSet set = builder.build();
    assertThat(set.of(ResourceKind.SERVICE_ENTRY))
        .extracting(resource -> resource.key().name())
        .containsExactly("z", "a", "b");
    assertThat(set.of(ResourceKind.POD)).isEmpty();
    assertThat(set.find(ResourceKind.GATEWAY.key("shop", "x"))).isPresent();
    assertThat(set.find(ResourceKind.GATEWAY.key("bank", "x"))).isEmpty();
  }

  @Test
  void aSetStaysAsItWasBuilt() {
    ResourceSet.Builder builder = ResourceSet.builder().add(namespace("shop"));
    ResourceSet set = builder.build();
    builder.add(namespace("bank"));
    assertThat(set.size()).isEqualTo(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> set.all().clear());
  }

  @Test
  void aNamespaceBelongsToItself() {
    assertThat(ResourceSet.home(Resource.of(namespace("shop")))).isEqualTo("shop");
    assertThat(ResourceSet.home(Resource.of(entry("bank", "a", "a.example")))).isEqualTo("bank");
    assertThat(ResourceSet.home(Resource.of(generic("v1", "ClusterThing")))).isEmpty();
  }

  @Test
  void aKeyReadsAsPeopleWriteIt() {
    assertThat(ResourceKey.of(namespace("shop"))).hasToString("Namespace shop");
    assertThat(ResourceKey.of(entry("shop", "a", "x"))).hasToString("ServiceEntry shop/a");
  }

  @Test
  void aResourceMadeInMemoryStandsNowhere() {
    Resource resource = Resource.of(namespace("shop"));
    assertThat(resource.source().place("metadata.name")).isEmpty();
    assertThat(resource.kind()).isEqualTo(ResourceKind.NAMESPACE);
    assertThat(new SourcePlace("a.yaml", 3, 5)).hasToString("a.yaml:3");
  }

  @ParameterizedTest
  @CsvSource({
    "networking.istio.io/v1,ServiceEntry,SERVICE_ENTRY",
    "networking.istio.io/v1beta1,ServiceEntry,SERVICE_ENTRY",
    "networking.istio.io/v1alpha3,Gateway,GATEWAY",
    "gateway.networking.k8s.io/v1,Gateway,KUBERNETES_GATEWAY",
    "gateway.networking.k8s.io/v1beta1,HTTPRoute,HTTP_ROUTE",
    "gateway.networking.k8s.io/v1alpha2,TLSRoute,TLS_ROUTE",
    "gateway.networking.k8s.io/v1,ListenerSet,OTHER",
    "v1,Service,SERVICE",
    "serving.knative.dev/v1,Service,OTHER",
    "apps/v1,Deployment,DEPLOYMENT",
    "install.istio.io/v1alpha1,IstioOperator,ISTIO_OPERATOR",
    "v1,Secret,OTHER",
    "v1,'',OTHER",
    "networking.istio.io/v1,serviceentry,OTHER"
  })
  void theGroupDecidesTheKindAndTheVersionDoesNot(
      String apiVersion, String kind, ResourceKind known) {
    assertThat(ResourceKind.of(apiVersion, kind)).isEqualTo(known);
    assertThat(Resource.of(generic(apiVersion, kind)).kind()).isEqualTo(known);
  }

  @ParameterizedTest
  @EnumSource(ResourceKind.class)
  void everyKindHasATypeAndItsOwnName(ResourceKind kind) {
    assertThat(HasMetadata.class).isAssignableFrom(kind.type());
    assertThat(kind.kind().isEmpty()).isEqualTo(kind == ResourceKind.OTHER);
  }
}
