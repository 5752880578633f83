namespace Parley.Server.Accounts;

/// <summary>Why an account was not made or changed, for programs.</summary>
public enum AccountRefusalKind
{
    /// <summary>Somebody has the name.</summary>
    NameTaken,

    /// <summary>The name has letters that names here have not.</summary>
    UnacceptableName,

    /// <summary>There is no such account.</summary>
    NoSuchAccount,

    /// <summary>People do not make accounts here; the operator does.</summary>
    RegistrationClosed,

    /// <summary>The password is too easy to guess.</summary>
    WeakPassword,

    /// <summary>The password is too long, or has characters that no password may have.</summary>
    UnacceptablePassword,

    /// <summary>The e-mail address is none.</summary>
    InvalidEmail,

    /// <summary>A program outside of the server decides on passwords, which knows them and keeps them.</summary>
    KeptElsewhere,

    /// <summary>Somebody who is here wears the name.</summary>
    NameWorn,

    /// <summary>The address, or whoever asks for the account, has tried too often of late.</summary>
    TooManyAttempts,

    /// <summary>The invitation is none, used up, or over.</summary>
    InvalidInvitation,

    /// <summary>The code is none that was sent, used up, or over.</summary>
    InvalidCode,

    /// <summary>No letter could be sent.</summary>
    MailFails,

    /// <summary>Somebody else has changed it first.</summary>
    Overtaken,
}
