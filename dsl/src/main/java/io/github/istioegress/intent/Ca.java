package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import java.util.Optional;

/**
 * The authorities that a proxy trusts when it originates TLS ({@code tls.caCertificates}, or {@code
 * tls.credentialName} for those in a ConfigMap).
 *
 * @param from {@code system}, the path of a file in the proxy's container, or {@code
 *     configmap://NAME}
 */
public record Ca(String from) {

  private static final String SYSTEM = "system";
  private static final String CONFIG_MAP = "configmap://";

  /**
   * Checks the path, or the name.
   *
   * @throws IllegalArgumentException when it is none of the three
   */
  public Ca {
    if (from.startsWith(CONFIG_MAP)) {
      Names.checkResourceName("CA ConfigMap", from.substring(CONFIG_MAP.length()));
    } else if (!from.equals(SYSTEM) && !from.matches("/[^\\s]*[^\\s/]")) {
      throw new IllegalArgumentException(
          "CA file '%s' is no absolute path in the proxy's container: write /etc/certs/ca.pem"
              .formatted(from));
    }
  }

  /** The authorities that the proxy's operating system trusts. */
  public static Ca system() {
    return new Ca(SYSTEM);
  }

  /** The authorities in a file of the proxy's container. */
  public static Ca file(String path) {
    return new Ca(path);
  }

  /**
   * The authorities in a ConfigMap of the gateway's namespace, key {@code ca.crt}; for calls
   * through a gateway, since sidecars do not read it.
   *
   * @param name the ConfigMap
   * @param mesh a mesh of Istio 1.26 or newer; an older one does not compile
   */
  public static Ca configMap(String name, VersionedMesh<? extends IstioVersion.Since1_26> mesh) {
    return new Ca(CONFIG_MAP + name);
  }

  /** The name of the ConfigMap, where the authorities lie in one. */
  public Optional<String> inConfigMap() {
    return from.startsWith(CONFIG_MAP)
        ? Optional.of(from.substring(CONFIG_MAP.length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return from;
  }
}
