namespace Parley.Server.Options;

/// <summary>Accounts for people whom somebody outside of the server vouches for: an identity provider, or a program.</summary>
public enum OutsideAccountPolicy
{
    /// <summary>They have to exist; whom an identity provider vouches for is known by an identity that was bound to the account.</summary>
    Existing,

    /// <summary>They are made when somebody logs in for the first time, unless another has the name.</summary>
    Create,
}
