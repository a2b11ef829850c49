/** What holds for the whole mesh: version and mesh config. */
@NullMarked
package io.github.istioegress.mesh;

import org.jspecify.annotations.NullMarked;
