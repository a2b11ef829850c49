package io.github.istioegress.intent;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An egress gateway that the plan itself brings up, out of the same value that its routes use.
 *
 * @param gateway the gateway
 * @param by what brings it up
 * @param home whether its namespace comes along
 * @param replicas how many pods it has
 * @param requests what each pod asks of its node ({@code resources.requests})
 * @param limits what no pod may exceed ({@code resources.limits})
 * @param revision the revision of the control plane that injects its proxy ({@code istio.io/rev});
 *     empty for the default one
 */
public record GatewayDeployment(
    EgressGateway gateway,
    By by,
    Home home,
    Replicas replicas,
    PodResources requests,
    PodResources limits,
    String revision) {

  /** The pod label by which its Deployment, Service and budget find their pods. */
  private static final String APP = "app";

  private static final PodResources USUAL_REQUESTS = new PodResources("100m", "128Mi");
  private static final PodResources USUAL_LIMITS = new PodResources("2000m", "1024Mi");

  /** What brings a gateway up. */
  public enum By {
    /** Manifests of this plan: a Deployment into which Istio injects the gateway's proxy. */
    MANIFESTS,
    /** Istio's own installation: its chart {@code gateway}, or the IstioOperator file. */
    ISTIO_INSTALLATION
  }

  /** Whether a gateway's namespace comes along. */
  public enum Home {
    /** It does, unless the plan has it already or it is the mesh's root namespace. */
    CREATED,
    /** It is there. */
    EXISTING
  }

  /**
   * How many pods a gateway has; between the two the load decides.
   *
   * @param atLeast the least
   * @param atMost the most
   */
  public record Replicas(int atLeast, int atMost) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there would be no pod, or the most is below the least
     */
    public Replicas {
      if (atLeast < 1 || atMost < atLeast) {
        throw new IllegalArgumentException(
            "replicas(%s, %s) is no range: say the least, from 1 on, and then the most"
                .formatted(atLeast, atMost));
      }
    }

    /** True where the load has nothing to decide. */
    public boolean isFixed() {
      return atLeast == atMost;
    }
  }

  /**
   * Computing resources of a pod, as Kubernetes writes quantities.
   *
   * @param cpu {@code 100m} or {@code 2}
   * @param memory {@code 128Mi}
   */
  public record PodResources(String cpu, String memory) {
    private static final Pattern QUANTITY =
        Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?");

    /**
     * Checks both quantities.
     *
     * @throws IllegalArgumentException when one is none
     */
    public PodResources {
      for (String quantity : new String[] {cpu, memory}) {
        if (!QUANTITY.matcher(quantity).matches()) {
          throw new IllegalArgumentException(
              "'%s' is no quantity of Kubernetes: write cpu as 100m or 2, memory as 128Mi"
                  .formatted(quantity));
        }
      }
    }
  }

  /**
   * Checks what Kubernetes and Istio demand.
   *
   * @throws IllegalArgumentException when the gateway has no port, its label {@code app} is not its
   *     name, or the revision is not valid
   */
  public GatewayDeployment {
    Objects.requireNonNull(replicas, "replicas");
    if (gateway.flavor() == GatewayFlavor.GATEWAY_API) {
      throw new IllegalArgumentException(
          "egress gateway %s is brought up by istiod, out of its Gateway: leave deploying(...) out"
              .formatted(gateway));
    }
    if (gateway.ports().isEmpty()) {
      throw new IllegalArgumentException(
          "egress gateway %s has no port, and Kubernetes takes no Service without: add port(80, 8080)"
              .formatted(gateway));
    }
    String app = gateway.labels().getOrDefault(APP, gateway.name());
    if (!app.equals(gateway.name())) {
      throw new IllegalArgumentException(
          "egress gateway %s is labelled app: %s, but its Deployment finds its pods by app: %s: use another key"
              .formatted(gateway, app, gateway.name()));
    }
    if (!revision.isEmpty()) {
      Names.checkLabel("revision of egress gateway " + gateway, revision);
    }
  }

  /**
   * A gateway brought up by manifests of the plan: two to five pods, with the requests and limits
   * that Istio's own installation gives a gateway.
   */
  public static GatewayDeployment of(EgressGateway gateway) {
    return new GatewayDeployment(
        gateway, By.MANIFESTS, Home.CREATED, new Replicas(2, 5), USUAL_REQUESTS, USUAL_LIMITS, "");
  }

  /** The same brought up by Istio's installation, which the mesh then has to say. */
  public GatewayDeployment byIstioInstallation() {
    return new GatewayDeployment(
        gateway, By.ISTIO_INSTALLATION, home, replicas, requests, limits, revision);
  }

  /** The same in a namespace that is there already. */
  public GatewayDeployment inExistingNamespace() {
    return new GatewayDeployment(gateway, by, Home.EXISTING, replicas, requests, limits, revision);
  }

  /** The same with so many pods, whatever the load. */
  public GatewayDeployment replicas(int always) {
    return replicas(always, always);
  }

  /** The same with pods by the load (HorizontalPodAutoscaler), between the two numbers. */
  public GatewayDeployment replicas(int atLeast, int atMost) {
    return new GatewayDeployment(
        gateway, by, home, new Replicas(atLeast, atMost), requests, limits, revision);
  }

  /** The same with other resources asked of the node for each pod. */
  public GatewayDeployment requests(String cpu, String memory) {
    return new GatewayDeployment(
        gateway, by, home, replicas, new PodResources(cpu, memory), limits, revision);
  }

  /** The same with other limits for each pod. */
  public GatewayDeployment limits(String cpu, String memory) {
    return new GatewayDeployment(
        gateway, by, home, replicas, requests, new PodResources(cpu, memory), revision);
  }

  /** The same with its proxy injected by this revision of the control plane. */
  public GatewayDeployment revision(String other) {
    return new GatewayDeployment(gateway, by, home, replicas, requests, limits, other);
  }

  /** True where manifests of the plan bring it up. */
  public boolean isByManifests() {
    return by == By.MANIFESTS;
  }
}
