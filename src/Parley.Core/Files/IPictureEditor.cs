namespace Parley.Core.Files;

/// <summary>Draws uploaded pictures anew: upright, no larger than is useful, and without all that is not to be seen in them, such as where they were taken.</summary>
public interface IPictureEditor
{
    /// <summary>Draws a picture anew. Takes a processor for a while, and memory for its pixels: MUST NOT be called on a socket loop, nor for several at a time.</summary>
    /// <param name="source">The picture as it was uploaded, from its beginning.</param>
    /// <param name="limits">How large it may be, which is looked at before its pixels are.</param>
    /// <exception cref="PictureException">It cannot be shown, and says why.</exception>
    DrawnPicture Redraw(Stream source, PictureLimits limits);
}
