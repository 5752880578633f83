namespace Parley.Protocol.Addressed;

/// <summary>Why an addressed line cannot be sent to anyone.</summary>
public enum AddressedError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The line has no colon.</summary>
    NoColon,

    /// <summary>No name stands before the colon.</summary>
    NoRecipient,

    /// <summary>More names stand before the colon than a message may have recipients.</summary>
    TooManyRecipients,
}
