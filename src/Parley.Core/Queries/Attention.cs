namespace Parley.Core.Queries;

/// <summary>Attention of an account's owner to something that is said.</summary>
public enum Attention
{
    /// <summary>The owner may not be told of it: is not in the room, or could not come in.</summary>
    OutOfReach,

    /// <summary>The owner is here and not away.</summary>
    Attentive,

    /// <summary>The owner may be told of it, and is away or not here.</summary>
    Away,
}
