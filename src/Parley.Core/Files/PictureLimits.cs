namespace Parley.Core.Files;

/// <summary>Limits that a picture is drawn anew within.</summary>
/// <param name="MaxPixels">Pixels, of all frames together, that are ever decoded.</param>
/// <param name="MaxSide">Pixels along the longer side of what is kept.</param>
/// <param name="PreviewSide">Pixels along the longer side of the preview.</param>
public sealed record PictureLimits(long MaxPixels, int MaxSide, int PreviewSide);
