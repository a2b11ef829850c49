package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.Objects;
import java.util.Optional;

/**
 * The mesh that the sentences are for.
 *
 * @param version the Istio release it runs
 * @param config its mesh config, as far as egress is concerned
 * @param install how it is installed, where the definition is to say that too
 */
public record Mesh(IstioVersion version, MeshConfig config, Optional<IstioInstall> install) {

  /**
   * Checks that the installation fits the version.
   *
   * @throws IllegalArgumentException when addons are asked for after 1.7
   */
  public Mesh {
    Objects.requireNonNull(config, "config");
    if (install.isPresent()
        && !install.get().addons().isEmpty()
        && version.compareTo(IstioVersion.V1_7) > 0) {
      throw new IllegalArgumentException(
          "Istio "
              + version
              + " installs no addons ("
              + install.get().addons()
              + "): addonComponents ended with 1.7; install them from Istio's samples/addons");
    }
  }

  /** A mesh with Istio's own defaults: undeclared calls pass (ALLOW_ANY), no access log. */
  public static Mesh istio(IstioVersion version) {
    return new Mesh(version, MeshConfig.istioDefault(), Optional.empty());
  }

  /** The same, refusing every call to a destination that nothing declares. */
  public Mesh registryOnly() {
    return with(config.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY));
  }

  /** The same, letting undeclared calls pass as they were dialled. */
  public Mesh allowAny() {
    return with(config.withOutboundTrafficPolicy(OutboundTrafficPolicy.ALLOW_ANY));
  }

  /** The same with its proxies' access log in this file, {@code /dev/stdout} for the pod's log. */
  public Mesh accessLog(String file) {
    return with(config.withAccessLogFile(file));
  }

  /** The same with its installation written along with the egress resources. */
  public Mesh installed(IstioInstall by) {
    return new Mesh(version, config, Optional.of(by));
  }

  /** The same for another Istio release. */
  public Mesh target(IstioVersion other) {
    return new Mesh(other, config, install);
  }

  private Mesh with(MeshConfig other) {
    return new Mesh(version, other, install);
  }
}
