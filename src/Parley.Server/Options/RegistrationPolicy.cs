namespace Parley.Server.Options;

/// <summary>Policy that decides who may make an account.</summary>
public enum RegistrationPolicy
{
    /// <summary>Everybody, for a name that is free.</summary>
    Open,

    /// <summary>The operator, with <c>parley account add</c>.</summary>
    Closed,
}
