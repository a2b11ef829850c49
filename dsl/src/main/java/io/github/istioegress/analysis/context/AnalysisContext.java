package io.github.istioegress.analysis.context;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.istioegress.reach.Callers;
import io.github.istioegress.reach.Destinations;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.TraceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A set of manifests as analyzers see it: by type, and as the mesh that Istio would make of it. */
public final class AnalysisContext {

  /** Traces that are kept; analyzers ask for the same calls. */
  private static final int MOST_TRACES = 20_000;

  private final ResourceSet resources;
  private final MeshModel model;
  private final Setting setting;
  private final Knowledge knowledge;
  private final boolean isolated;
  private final boolean ofTenants;
  private final List<ReachCaller> callers;
  private final List<ReachDestination> destinations;
  private final List<Leg> legs;
  private final Proxies proxies;
  private final Map<Call, Trace> traces = new HashMap<>();
  private final Map<Class<?>, Object> shared = new HashMap<>();

  /**
   * Prepares a set.
   *
   * @param resources the manifests
   * @param model what Istio would know of them
   * @param setting how they came here
   */
  public AnalysisContext(ResourceSet resources, MeshModel model, Setting setting) {
    this.resources = resources;
    this.model = model;
    this.setting = setting;
    this.knowledge = new Knowledge(resources, setting);
    this.isolated = setting.isolated() || Isolation.isIn(resources);
    this.ofTenants = setting.isolated() || Isolation.namesOwners(resources);
    this.callers = List.copyOf(new Callers(resources, model.tracer()).of(List.of(), ""));
    this.destinations = new Destinations(resources).of(List.of());
    this.legs = Legs.of(model.routeRules());
    // Where ztunnel takes a pod's calls, routes hold at waypoints and not beside it.
    List<Caller> pods = new ArrayList<>();
    callers.stream()
        .filter(caller -> caller.proxy() == ReachCaller.Proxy.SIDECAR)
        .map(ReachCaller::pod)
        .forEach(pods::add);
    if (callers.isEmpty()) {
      // A set in which nobody lives is for somebody who lives elsewhere.
      pods.add(Caller.in("default"));
    }
    this.proxies = new Proxies(model, pods);
  }

  /**
   * What several analyzers work out of the set, once for all of them.
   *
   * @param type its class, of which there is one
   * @param make works it out
   */
  public <T> T shared(Class<T> type, Function<AnalysisContext, T> make) {
    Object there = shared.get(type);
    if (there == null) {
      there = make.apply(this);
      shared.put(type, there);
    }
    return type.cast(there);
  }

  /** The manifests as they were read. */
  public ResourceSet resources() {
    return resources;
  }

  /** What Istio would know of them: registry, routes, scopes, gateways and the tracer. */
  public MeshModel model() {
    return model;
  }

  /** How the set came here. */
  public Setting setting() {
    return setting;
  }

  /** Of what the set shows enough that a lack means something. */
  public Knowledge knows() {
    return knowledge;
  }

  /** The pods that call: workloads, and of a namespace that shows none any pod. */
  public List<ReachCaller> callers() {
    return callers;
  }

  /** What is called: declared hosts and ports, hosts that only routes name, and undeclared ones. */
  public List<ReachDestination> destinations() {
    return destinations;
  }

  /** All routes of VirtualServices, taken apart. */
  public List<Leg> legs() {
    return legs;
  }

  /**
   * The proxies in which calls may come to a route: sidecars, one for each namespace, and gateways.
   */
  public List<CallingProxy> proxiesOf(Leg leg) {
    return proxies.of(leg.rule(), leg.reachedAt());
  }

  /** What becomes of a call. */
  public Trace trace(Call call) {
    if (traces.size() > MOST_TRACES) {
      traces.clear();
    }
    return traces.computeIfAbsent(call, model.tracer()::trace);
  }

  /** The calls for which the set is made, followed once. */
  public Traffic traffic() {
    return shared(Traffic.class, Traffic::new);
  }

  /** The routes of the mesh by their hosts. */
  public MeshRules meshRules() {
    return shared(MeshRules.class, context -> new MeshRules(context.model()));
  }

  /** What becomes of a call, in one line, for {@code Finding.tracedAs}. */
  public static String shortly(Trace trace) {
    return TraceText.line(trace);
  }

  /**
   * What becomes of a call for which a route is meant, in one line, where it does not leave; empty
   * where it does, or where no pod is known whose sidecar has the route.
   */
  public String failing(Leg leg) {
    return proxiesOf(leg).stream()
        .flatMap(proxy -> proxy.caller().stream())
        .findFirst()
        .flatMap(caller -> ExampleCall.of(leg, caller))
        .map(this::trace)
        .filter(trace -> !trace.outcome().leaves())
        .map(AnalysisContext::shortly)
        .orElse("");
  }

  /** A call for which a route is meant, made by a pod; empty where none can be made up. */
  public static Optional<Call> callFor(Leg leg, Caller caller) {
    return ExampleCall.of(leg, caller);
  }

  /**
   * True where tenants are to be kept apart: the set came so, names tenants, teams or owners in
   * labels or annotations, or holds egress back by NetworkPolicies.
   */
  public boolean isIsolated() {
    return isolated;
  }

  /** True where the set came as one of tenants, or names tenants, teams or owners itself. */
  public boolean isOfTenants() {
    return ofTenants;
  }

  /** The ServiceEntries. */
  public List<Manifest<ServiceEntry>> serviceEntries() {
    return typed(
        ResourceKind.SERVICE_ENTRY, io.fabric8.istio.api.networking.v1.ServiceEntry::getSpec);
  }

  /** The VirtualServices, delegates included; their routes are easier to have by {@link #legs}. */
  public List<Manifest<VirtualService>> virtualServices() {
    return typed(
        ResourceKind.VIRTUAL_SERVICE, io.fabric8.istio.api.networking.v1.VirtualService::getSpec);
  }

  /** The DestinationRules. */
  public List<Manifest<DestinationRule>> destinationRules() {
    return typed(
        ResourceKind.DESTINATION_RULE, io.fabric8.istio.api.networking.v1.DestinationRule::getSpec);
  }

  /** The Gateways of Istio. */
  public List<Manifest<Gateway>> gateways() {
    return typed(ResourceKind.GATEWAY, io.fabric8.istio.api.networking.v1.Gateway::getSpec);
  }

  /** The Sidecars. */
  public List<Manifest<Sidecar>> sidecars() {
    return typed(ResourceKind.SIDECAR, io.fabric8.istio.api.networking.v1.Sidecar::getSpec);
  }

  /** The AuthorizationPolicies. */
  public List<Manifest<AuthorizationPolicy>> authorizationPolicies() {
    return typed(
        ResourceKind.AUTHORIZATION_POLICY,
        io.fabric8.istio.api.security.v1.AuthorizationPolicy::getSpec);
  }

  /** The NetworkPolicies. */
  public List<Manifest<NetworkPolicySpec>> networkPolicies() {
    return typed(
        ResourceKind.NETWORK_POLICY,
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy::getSpec);
  }

  /** The Services of the cluster. */
  public List<Manifest<ServiceSpec>> services() {
    return typed(ResourceKind.SERVICE, io.fabric8.kubernetes.api.model.Service::getSpec);
  }

  /**
   * The resources of a kind that say something; for kinds without a method of their own.
   *
   * @param spec how the spec is had of the object
   */
  @SuppressWarnings("unchecked") // A kind has one type, which ResourceKind.type names.
  public <T, S> List<Manifest<S>> typed(ResourceKind kind, Function<T, @Nullable S> spec) {
    List<Manifest<S>> typed = new ArrayList<>();
    for (Resource resource : resources.of(kind)) {
      S said = spec.apply((T) resource.object());
      if (said != null) {
        typed.add(new Manifest<>(resource, said));
      }
    }
    return typed;
  }
}
