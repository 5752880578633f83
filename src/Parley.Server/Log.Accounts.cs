using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <summary>Entries about accounts of people whom somebody outside of the server vouches for.</summary>
internal static partial class Log
{
    [LoggerMessage(701, LogLevel.Warning, "The identity provider {Issuer} does not say what it has, or not as it should; what it said last holds for a day: {Reason}")]
    public static partial void IdentityProviderFailed(ILogger logger, string issuer, string reason);

    [LoggerMessage(702, LogLevel.Information, "Account {Account} was made for {Identity}")]
    public static partial void OutsideAccountMade(ILogger logger, string account, string identity);

    [LoggerMessage(703, LogLevel.Error, "{Program} has not decided on a password: {Reason}")]
    public static partial void AuthCommandFailed(ILogger logger, string program, string reason);

    [LoggerMessage(711, LogLevel.Error, "Registered rooms cannot be kept, and what would change them is refused: {Reason}")]
    public static partial void RoomsNotKept(ILogger logger, string reason);

    [LoggerMessage(706, LogLevel.Information, "Registered rooms are kept again")]
    public static partial void RoomsKeptAgain(ILogger logger);

    [LoggerMessage(704, LogLevel.Warning, "{Name} has the right password, and no account here: make one, or have log-ins make them with --outside-accounts create")]
    public static partial void OutsideAccountMissing(ILogger logger, string name);

    [LoggerMessage(705, LogLevel.Error, "The identity provider {Issuer} does not take oidc-client with oidc-secret: nobody logs in from the page")]
    public static partial void IdentityProviderRefused(ILogger logger, string issuer);

    [LoggerMessage(707, LogLevel.Error, "The mail server {Server} did not take a letter: {Reason}")]
    public static partial void MailNotSent(ILogger logger, string server, string reason);

    [LoggerMessage(708, LogLevel.Information, "A letter with a code was sent for account {Account}: {Purpose}")]
    public static partial void MailSent(ILogger logger, string account, string purpose);

    [LoggerMessage(716, LogLevel.Information, "A letter for account {Account} was not sent: its reader was sent {Limit} of this kind within an hour ({Purpose})")]
    public static partial void MailsLimited(ILogger logger, string account, string purpose, int limit);

    [LoggerMessage(709, LogLevel.Warning, "Account {Account} has another password, by a code that was sent by e-mail")]
    public static partial void AccountRecovered(ILogger logger, string account);

    [LoggerMessage(715, LogLevel.Information, "Account {Account} has another password, by its owner")]
    public static partial void PasswordChanged(ILogger logger, string account);

    [LoggerMessage(712, LogLevel.Error, "A member who stays without a connection is not back: {Reason}; it comes back with its next log-in")]
    public static partial void AlwaysOnFailed(ILogger logger, string reason);

    [LoggerMessage(713, LogLevel.Error, "Accounts cannot be used: {Reason}")]
    public static partial void AccountsFailed(ILogger logger, string reason);

    [LoggerMessage(714, LogLevel.Information, "Accounts can be used again")]
    public static partial void AccountsUsableAgain(ILogger logger);

    [LoggerMessage(710, LogLevel.Error, "Nobody was sent a code to set another password, as accounts cannot be looked up: {Reason}")]
    public static partial void RecoveryFailed(ILogger logger, string reason);
}
