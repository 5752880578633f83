namespace Parley.Core.Files;

/// <summary>A picture that was drawn anew.</summary>
/// <param name="MediaType">Its type.</param>
/// <param name="Content">Its bytes, which say nothing but its pixels.</param>
/// <param name="Preview">Those of a smaller copy; empty if it is small itself.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
public sealed record DrawnPicture(string MediaType, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Preview, int Width, int Height);
