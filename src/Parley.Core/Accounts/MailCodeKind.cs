namespace Parley.Core.Accounts;

/// <summary>Purpose of a code that is sent by e-mail.</summary>
public enum MailCodeKind
{
    /// <summary>Makes an account, whose owner has shown to read mail at the address.</summary>
    Registration = 1,

    /// <summary>Shows that the owner of an account reads mail at an address.</summary>
    Address = 2,

    /// <summary>Sets another password of an account.</summary>
    Recovery = 3,
}
