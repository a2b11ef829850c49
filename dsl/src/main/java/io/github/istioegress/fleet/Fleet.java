package io.github.istioegress.fleet;

import io.github.istioegress.intent.AdmissionGuard;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PartedPlan;
import io.github.istioegress.manifest.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One intent for many tenants: {@code Fleet.on(mesh).tenants("tenants.yaml").each(tenant ->
 * tenant.through(gateway))}.
 *
 * @param mesh the mesh
 * @param paths files of tenants, or folders of such files, seen from the module's folder
 * @param said tenants said in Java
 * @param profiles the profiles that hold, each over those before it
 * @param template what a tenant gets that is in no ring
 * @param rings who gets something else, the first ring of a tenant holds
 * @param namespaces the namespace of a tenant
 * @param hosts whose a host is
 * @param deployments how a gateway that tenants leave through is brought up, where the fleet does
 */
public record Fleet(
    Mesh mesh,
    List<String> paths,
    List<Tenant> said,
    List<String> profiles,
    TenantTemplate template,
    List<RingTemplate> rings,
    Function<Tenant, MeshNamespace> namespaces,
    HostRegistry hosts,
    Function<EgressGateway, Optional<GatewayDeployment>> deployments) {

  /**
   * A ring and what its tenants get.
   *
   * @param ring the ring
   * @param template its version of the template
   */
  public record RingTemplate(Ring ring, TenantTemplate template) {}

  /**
   * A fleet whose tenants are still to be said.
   *
   * @param mesh the mesh
   */
  public record On(Mesh mesh) {
    /** Tenants from files, or folders of files, seen from the module's folder. */
    public Of tenants(String... paths) {
      return new Of(mesh, List.of(paths), List.of());
    }

    /** Tenants said in Java. */
    public Of tenants(Tenants tenants) {
      return new Of(mesh, List.of(), tenants.all());
    }
  }

  /**
   * A fleet whose template is still to be said.
   *
   * @param mesh the mesh
   * @param paths files of tenants
   * @param said tenants said in Java
   */
  public record Of(Mesh mesh, List<String> paths, List<Tenant> said) {
    /** Says what every tenant gets. */
    public Fleet each(TenantTemplate template) {
      return new Fleet(
          mesh,
          paths,
          said,
          List.of(),
          template,
          List.of(),
          Fleet::lockedDown,
          HostRegistry.open(),
          gateway -> Optional.empty());
    }
  }

  /** Begins a fleet in a mesh. */
  public static On on(Mesh mesh) {
    return new On(mesh);
  }

  /** Freezes the lists. */
  public Fleet {
    paths = List.copyOf(paths);
    said = List.copyOf(said);
    profiles = List.copyOf(profiles);
    rings = List.copyOf(rings);
  }

  /** The same with profiles of the tenants' files, such as an environment, a cluster, a region. */
  public Fleet profiles(String... names) {
    return new Fleet(
        mesh, paths, said, List.of(names), template, rings, namespaces, hosts, deployments);
  }

  /** The same with another version of the template for the tenants of a ring. */
  public Fleet ring(Ring ring, TenantTemplate version) {
    List<RingTemplate> more = new ArrayList<>(rings);
    more.add(new RingTemplate(ring, version));
    return new Fleet(mesh, paths, said, profiles, template, more, namespaces, hosts, deployments);
  }

  /** The same with other namespaces than injected and locked down ones. */
  public Fleet namespaces(Function<Tenant, MeshNamespace> how) {
    return new Fleet(mesh, paths, said, profiles, template, rings, how, hosts, deployments);
  }

  /** The same with owners of hosts. */
  public Fleet hosts(HostRegistry registry) {
    return new Fleet(
        mesh, paths, said, profiles, template, rings, namespaces, registry, deployments);
  }

  /** The same with gateways that it brings up itself; empty for those that are there. */
  public Fleet deploying(Function<EgressGateway, Optional<GatewayDeployment>> how) {
    return new Fleet(mesh, paths, said, profiles, template, rings, namespaces, hosts, how);
  }

  /** The same in a mesh whose API server refuses what a tenant says of hosts of others. */
  public Fleet guardedBy(AdmissionGuard guard) {
    return new Fleet(
        mesh.guardedBy(guard),
        paths,
        said,
        profiles,
        template,
        rings,
        namespaces,
        hosts,
        deployments);
  }

  /** A namespace from which nothing leaves but what is declared, with the tenant's labels. */
  public static MeshNamespace lockedDown(Tenant tenant) {
    MeshNamespace namespace = MeshNamespace.named(tenant.namespace()).injected().lockedDown();
    for (Map.Entry<String, String> label : tenant.labels().entrySet()) {
      namespace = namespace.labelled(label.getKey(), label.getValue());
    }
    return namespace;
  }

  /**
   * Reads its tenants.
   *
   * @param base the folder that its files are seen from
   * @throws IllegalArgumentException when a file is missing or not of the documented form
   */
  public Tenants tenants(Path base) {
    List<SourceFile> files =
        paths.stream().flatMap(path -> TenantFiles.read(base, path).stream()).toList();
    return new Tenants(
        Stream.concat(said.stream(), TenantReader.read(files, profiles).stream()).toList());
  }

  /** The name of the ring that a tenant is in; empty for none. */
  public String ringOf(Tenant tenant) {
    return rings.stream()
        .filter(one -> one.ring().members().test(tenant))
        .findFirst()
        .map(one -> one.ring().name())
        .orElse("");
  }

  /**
   * The plan of these tenants as a whole.
   *
   * @throws IllegalArgumentException when a tenant's template refuses it, a host has two owners, a
   *     tenant's namespace is not for tenants, or two tenants do not agree on what they share
   */
  public EgressPlan plan(Tenants tenants) {
    PartedPlan parts = parts(tenants);
    List<NamespaceEgress> all = new ArrayList<>();
    for (int i = 0; i < parts.parts().size(); i++) {
      all.addAll(parts.part(i).namespaces());
    }
    EgressPlan frame = parts.frame();
    return new EgressPlan(mesh, all, frame.deployments(), frame.logged(), frame.origin());
  }

  /**
   * The plan of these tenants in parts, none of which is held longer than it is looked at: each
   * template is asked twice.
   *
   * @throws IllegalArgumentException as for the whole; what tenants that share something do not
   *     agree on is found in their part
   */
  public PartedPlan parts(Tenants tenants) {
    ReservedNamespaces reserved = new ReservedNamespaces(mesh, tenants);
    Map<String, HostRegistry.Claim> claims = new HashMap<>();
    Set<String> claimed = new HashSet<>();
    List<PartedPlan.Said> said =
        tenants.all().stream()
            .map(
                tenant ->
                    PartedPlan.Said.of(
                        tenant.namespace(),
                        () -> named(tenant, () -> namespaces.apply(tenant)),
                        () -> {
                          List<EgressIntent> sentences = sentences(tenant);
                          if (claimed.add(tenant.name())) {
                            reserved.check(tenant, sentences);
                            hosts.claim(tenant, sentences, claims);
                          }
                          return sentences;
                        }))
            .toList();
    PartedPlan parts =
        PartedPlan.of(mesh, said, deployments, SharedHosts::check, EgressPlan.on(mesh).origin());
    hosts.check(claims);
    claims.clear();
    return parts;
  }

  /** What its version of the template says of a tenant. */
  private List<EgressIntent> sentences(Tenant tenant) {
    TenantTemplate version =
        rings.stream()
            .filter(one -> one.ring().members().test(tenant))
            .findFirst()
            .map(RingTemplate::template)
            .orElse(template);
    return named(tenant, () -> List.copyOf(version.sentences(tenant)));
  }

  /** What a tenant gets, or why not, with its name and the Java line that refuses. */
  private static <T> T named(Tenant tenant, java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      IllegalArgumentException named =
          new IllegalArgumentException(tenant + ": " + e.getMessage(), e);
      named.setStackTrace(e.getStackTrace());
      throw named;
    }
  }
}
