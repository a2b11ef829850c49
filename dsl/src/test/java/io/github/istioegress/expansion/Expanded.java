package io.github.istioegress.expansion;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;

/**
 * What a plan expands into, by type.
 *
 * @param resources the resources
 */
public record Expanded(ResourceSet resources) {

  /** The namespace of the callers in most tests. */
  public static final MeshNamespace SHOP = MeshNamespace.named("shop");

  /** What a plan expands into. */
  public static Expanded of(EgressPlan plan) {
    return new Expanded(Expansion.expand(plan).resources());
  }

  /** What sentences of one namespace expand into, for the newest Istio. */
  public static Expanded shop(EgressIntent... sentences) {
    return of(EgressPlan.on(Mesh.istio(IstioVersion.V1_31)).namespace(SHOP, sentences));
  }

  /** The keys of all resources, as texts. */
  public List<String> keys() {
    return resources.all().stream().map(resource -> resource.key().toString()).toList();
  }

  /** A ServiceEntry of the shop. */
  public ServiceEntry entry(String name) {
    return one(ServiceEntry.class, "ServiceEntry", name);
  }

  /** A Gateway of the shop. */
  public Gateway gateway(String name) {
    return one(Gateway.class, "Gateway", name);
  }

  /** A DestinationRule of the shop. */
  public DestinationRule rule(String name) {
    return one(DestinationRule.class, "DestinationRule", name);
  }

  /** A VirtualService of the shop. */
  public VirtualService routes(String name) {
    return one(VirtualService.class, "VirtualService", name);
  }

  /** All resources of one type. */
  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.all().stream()
        .map(Resource::object)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The manifest. */
  public String yaml() {
    return new ManifestWriter().write(resources.all().stream().map(Resource::object).toList());
  }

  private <T extends HasMetadata> T one(Class<T> type, String kind, String name) {
    ResourceKey key = new ResourceKey("networking.istio.io", kind, "shop", name);
    return resources
        .find(key)
        .map(resource -> type.cast(resource.object()))
        .orElseThrow(() -> new AssertionError("no " + key + " in " + keys()));
  }
}
