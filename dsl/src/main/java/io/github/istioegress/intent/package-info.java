/** What may leave the mesh, to where, by which path. */
@NullMarked
package io.github.istioegress.intent;

import org.jspecify.annotations.NullMarked;
