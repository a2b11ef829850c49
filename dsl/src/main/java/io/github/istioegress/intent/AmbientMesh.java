package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;

/**
 * A mesh in ambient mode, of which waypoints are a part: pods that send through them have no
 * sidecar, their node's ztunnel takes their calls.
 *
 * @param <V> what the release has, {@link IstioVersion.Since1_25}
 */
public sealed interface AmbientMesh<V extends IstioVersion> extends VersionedMesh<V>
    permits MeshOf {

  @Override
  AmbientMesh<V> registryOnly();

  @Override
  AmbientMesh<V> allowAny();

  @Override
  AmbientMesh<V> accessLog(String file);

  @Override
  AmbientMesh<V> installed(IstioInstall by);

  @Override
  AmbientMesh<V> guardedBy(AdmissionGuard by);
}
