using System.Net;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Mail;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Sends codes by e-mail, and takes them back once.</summary>
internal sealed class CodePost(
    IMailCodeStore codes, IMailer mailer, MailLimits limits, AccountLetters letters, ParleyOptions options, TimeProvider time, ILogger<CodePost> logger)
{
    /// <summary>Words for somebody who asks for a letter where none can be sent.</summary>
    public const string Off = "This server sends no e-mail: ask its operator";

    /// <summary>Codes that are kept in all; the oldest makes way. Each takes some hundred bytes.</summary>
    private const int MaxCodes = 10_000;

    /// <summary>True if letters can be sent.</summary>
    public bool IsOn => mailer.IsOn;

    /// <summary>Counts that an address asks for a letter; why it may not, or null.</summary>
    public string? RefusalTo(IPAddress? address) => !IsOn ? Off : limits.TryAsk(address) ? null : limits.Refusal;

    /// <summary>Sends a code for a purpose.</summary>
    /// <param name="code">What it is for; its hash and its end are set here.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails, and nothing was sent.</exception>
    public async ValueTask<SentCode> SendAsync(MailCode code, CancellationToken cancellationToken)
    {
        if (!limits.TrySendTo(code.Email, owner: code.Kind == MailCodeKind.Recovery ? code.Account : default))
        {
            Log.MailsLimited(logger, code.Name.Value, code.Kind.ToString(), limits.PerHour);
            return new SentCode(limits.Refusal);
        }

        var (text, now) = (SecretCode.Generate(), time.GetUtcNow());
        var made = code with { Hash = SecretCode.HashOf(text), Expires = now + options.MailCodeTime };
        var kept = await codes.AddAsync(made, now, MaxCodes, cancellationToken);
        try
        {
            await mailer.SendAsync(letters.Write(code.Kind, code.Name, code.Email, text), cancellationToken);
            Log.MailSent(logger, code.Name.Value, code.Kind.ToString());
            return new SentCode(null, HasPassword: kept.Password == made.Password);
        }
        catch (MailException)
        {
            await codes.TakeAsync(kept.Hash, kept.Kind, kept.Name, now, CancellationToken.None);
            return new SentCode("The e-mail could not be sent, and nothing has changed: check the address, or try again later");
        }
    }

    /// <summary>Takes a code that was sent for a purpose; null if it is none, used up, or over.</summary>
    public ValueTask<MailCode?> TakeAsync(string code, MailCodeKind kind, Core.Names.UserName name, CancellationToken cancellationToken)
        => codes.TakeAsync(SecretCode.HashOf(code), kind, name, time.GetUtcNow(), cancellationToken);

    /// <summary>Makes the codes of an account void.</summary>
    public ValueTask ForgetAsync(AccountId account) => codes.RemoveAllAsync(account, CancellationToken.None);

    /// <summary>Tells the address that an account had before that it has another. What the mail server does not take is in the log.</summary>
    public async ValueTask TellMovedAsync(Core.Names.UserName name, string email)
    {
        try
        {
            await mailer.SendAsync(letters.WriteMoved(name, email), CancellationToken.None);
        }
        catch (MailException)
        {
            // Nobody can be told.
        }
    }
}
