/** One definition for each way out of the mesh, as a platform team would write it. */
@NullMarked
package io.github.istioegress.examples;

import org.jspecify.annotations.NullMarked;
