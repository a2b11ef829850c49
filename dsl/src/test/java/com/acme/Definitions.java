package com.acme;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.fleet.Ring;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.fleet.TenantDestination;
import io.github.istioegress.fleet.Tenants;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/** Definitions as users write them, good and bad, in a package of their own. */
public final class Definitions {

  static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  private Definitions() {}

  private static EgressPlan on(Mesh mesh) {
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("edition.cnn.com").port(80).via(GATEWAY),
            Egress.to("edition.cnn.com").port(443).direct());
  }

  public static final class CnnEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31).registryOnly());
    }
  }

  public static final class ShopsFleet implements FleetDefinition {
    @Override
    public Fleet fleet() {
      TenantDestination news = TenantDestination.of("edition.cnn.com", EgressPort.guess(443));
      return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
          .tenants(Tenants.of(Tenant.named("shop", news), Tenant.named("cart", news)))
          .each(tenant -> tenant.through(GATEWAY))
          .ring(Ring.of("canary", "cart"), tenant -> tenant.through(GATEWAY));
    }
  }

  /** Has the name of {@link CnnEgress}. */
  public static final class CnnDefinition implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31));
    }
  }

  public static final class OldEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return on(
          Mesh.istio(IstioVersion.V1_7).installed(IstioInstall.named("istio").addon(Addon.KIALI)));
    }
  }

  public static final class EmptyEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31)); // empty plan
    }
  }

  public static final class NullEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return null;
    }
  }

  public static final class NamelessEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31));
    }

    @Override
    public String name() {
      return null;
    }
  }

  public static final class BadlyNamedEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31));
    }

    @Override
    public String name() {
      return "../Cnn News";
    }
  }

  public static final class FailingEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      throw new IllegalStateException("no file of tenants"); // failing
    }
  }

  public static final class SilentEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      throw new UnsupportedOperationException(); // silent
    }
  }

  public static final class EndlessEgress implements EgressDefinition {
    @Override
    @SuppressWarnings("InfiniteRecursion")
    public EgressPlan define() {
      return define(); // endless
    }
  }

  public static final class AssertingEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      throw new AssertionError("tenants are sorted"); // asserting
    }
  }

  public static final class MisspeltEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
          .namespace(
              MeshNamespace.named("shop"),
              Egress.to("https://edition.cnn.com") // misspelt
                  .port(80)
                  .direct());
    }
  }

  public static final class OutOfRangeEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      Egress.To cnn = Egress.to("edition.cnn.com");
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
          .namespace(
              MeshNamespace.named("shop"),
              cnn.http(70000) // out of range
                  .direct());
    }
  }

  public static final class ContradictingEgress implements EgressDefinition {
    @Override
    public EgressPlan define() {
      return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
          .namespace(
              MeshNamespace.named("shop"),
              Egress.to("edition.cnn.com").port(80).via(GATEWAY),
              Egress.to("edition.cnn.com").port(80).direct());
    }
  }

  public static final class NeedyEgress implements EgressDefinition {
    private final String tenant;

    public NeedyEgress(String tenant) {
      this.tenant = tenant;
    }

    @Override
    public EgressPlan define() {
      throw new IllegalStateException(tenant);
    }
  }

  public static final class UnmadeEgress implements EgressDefinition {
    public UnmadeEgress() {
      throw new IllegalStateException("no tenants"); // unmade
    }

    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31));
    }
  }

  public static final class UnloadedEgress implements EgressDefinition {
    private static final int TENANTS = Integer.parseInt("many"); // unloaded

    @Override
    public EgressPlan define() {
      throw new IllegalStateException("tenants: " + TENANTS);
    }
  }

  /** Nobody but the plugin makes one. */
  static final class HiddenEgress implements EgressDefinition {
    private HiddenEgress() {}

    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_30));
    }
  }

  public abstract static class BaseEgress implements EgressDefinition {}

  /** What a team's definitions have in common. */
  public interface TeamEgress extends EgressDefinition {}

  public enum EnumEgress implements EgressDefinition {
    ONE;

    @Override
    public EgressPlan define() {
      return on(Mesh.istio(IstioVersion.V1_31));
    }
  }

  public static final class Plain {
    static {
      if (true) {
        throw new IllegalStateException("nobody is to initialize this class");
      }
    }
  }
}
