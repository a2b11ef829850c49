package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;

/**
 * A mesh whose release the compiler knows.
 *
 * @param <V> what the release has, {@link IstioVersion.Since1_30}
 */
public sealed interface VersionedMesh<V extends IstioVersion> extends Mesh permits AmbientMesh {

  /** The same with Istio's ambient mode installed, so that it may have waypoints. */
  AmbientMesh<V> ambient();

  @Override
  VersionedMesh<V> registryOnly();

  @Override
  VersionedMesh<V> allowAny();

  @Override
  VersionedMesh<V> accessLog(String file);

  @Override
  VersionedMesh<V> installed(IstioInstall by);

  @Override
  VersionedMesh<V> guardedBy(AdmissionGuard by);
}
