namespace Parley.Core.Search;

/// <summary>Where a word that is looked for may stand.</summary>
public enum WordPlace
{
    /// <summary>It is a whole word.</summary>
    Whole,

    /// <summary>A word begins with it.</summary>
    Beginning,

    /// <summary>It is anywhere, as in scripts that write words side by side.</summary>
    Anywhere,
}
