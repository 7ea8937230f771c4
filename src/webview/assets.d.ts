/** Style sheets are imported for esbuild, which puts them beside the view. */
declare module '*.css';
