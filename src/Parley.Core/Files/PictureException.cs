namespace Parley.Core.Files;

/// <summary>Something is no picture that can be shown.</summary>
/// <param name="message">Why, and what to do, for whoever uploads it.</param>
/// <param name="isTooLarge">Whether it has too many pixels.</param>
public sealed class PictureException(string message, bool isTooLarge = false) : Exception(message)
{
    /// <summary>True if it has too many pixels.</summary>
    public bool IsTooLarge { get; } = isTooLarge;
}
