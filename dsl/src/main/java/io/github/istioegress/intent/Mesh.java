package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import java.util.Optional;

/**
 * The mesh that the sentences are for. A release that the compiler knows makes it a {@link
 * VersionedMesh}, which words of newer releases ask for.
 */
public sealed interface Mesh permits VersionedMesh {

  /**
   * A mesh with Istio's own defaults: undeclared calls pass (ALLOW_ANY), no access log.
   *
   * @param version the release, best as a constant: its type says what it has
   */
  static <V extends IstioVersion> VersionedMesh<V> istio(V version) {
    return MeshOf.istio(version);
  }

  /** The Istio release it runs. */
  IstioVersion version();

  /** Its mesh config, as far as egress is concerned. */
  MeshConfig config();

  /** True where Istio's ambient mode is installed. */
  boolean isAmbient();

  /** How it is installed, where the definition is to say that too. */
  Optional<IstioInstall> install();

  /** The same, refusing every call to a destination that nothing declares. */
  Mesh registryOnly();

  /** The same, letting undeclared calls pass as they were dialled. */
  Mesh allowAny();

  /** The same with its proxies' access log in this file, {@code /dev/stdout} for the pod's log. */
  Mesh accessLog(String file);

  /**
   * The same with its installation written along with the egress resources.
   *
   * @throws IllegalArgumentException when addons are asked for after 1.7
   */
  Mesh installed(IstioInstall by);

  /**
   * The same with an API server that refuses what a namespace says of hosts that are not its own
   * ({@code ValidatingAdmissionPolicy}, Kubernetes 1.30 and newer).
   */
  Mesh guardedBy(AdmissionGuard by);

  /** Who may name hosts of others, where the API server is to ask. */
  Optional<AdmissionGuard> guard();

  /** The same for another Istio release. */
  Mesh target(IstioVersion other);

  /**
   * The same as a mesh of 1.26 or newer, where the release came from data.
   *
   * @throws IllegalArgumentException when it is older
   */
  VersionedMesh<IstioVersion.Since1_26> since1_26();

  /**
   * The same as a mesh of 1.30 or newer, where the release came from data.
   *
   * @throws IllegalArgumentException when it is older
   */
  VersionedMesh<IstioVersion.Since1_30> since1_30();
}
