namespace Parley.Core.Names;

/// <summary>Reasons why a text is no name.</summary>
public enum NameFault
{
    /// <summary>It is a name.</summary>
    None,

    /// <summary>It is too short, too long, or has other characters than names have.</summary>
    Form,

    /// <summary>Its letters are of scripts that are not written together, and may look alike.</summary>
    Scripts,

    /// <summary>It is written from right to left and begins or ends with something that is not.</summary>
    Direction,

    /// <summary>Its digits are of several kinds.</summary>
    Digits,

    /// <summary>It has marks without a letter before them, too many on one letter, or the same twice.</summary>
    Marks,
}
