namespace Parley.Server.Options;

/// <summary>Letters that names may have.</summary>
public enum NameCharset
{
    /// <summary>Those of all scripts.</summary>
    Unicode,

    /// <summary>Those of ASCII.</summary>
    Ascii,
}
