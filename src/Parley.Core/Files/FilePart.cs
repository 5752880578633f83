namespace Parley.Core.Files;

/// <summary>Part of a stored file.</summary>
public enum FilePart
{
    /// <summary>The file itself.</summary>
    Content,

    /// <summary>A smaller copy of a picture.</summary>
    Preview,
}
