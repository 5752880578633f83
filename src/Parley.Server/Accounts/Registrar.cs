using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Makes accounts for people who ask, whichever protocol they come by: at once, or when a code comes back that was sent to their e-mail address.</summary>
internal sealed class Registrar(AccountService accounts, IBroker broker, CodePost post, IInvitationStore invitations, LoginAttempts attempts, ParleyOptions options, TimeProvider time)
{
    /// <summary>Words for a code that does nothing, whatever the cause.</summary>
    public const string WrongCode = "That code is wrong, used up, or too old: ask for another";

    private static RegistrationOutcome Closed
        => RegistrationOutcome.Refused(AccountRefusalKind.RegistrationClosed, "Accounts are made by the operator of this server: ask there");

    /// <summary>Makes an account, or has a code sent with which it is made.</summary>
    /// <param name="wish">The account.</param>
    /// <param name="address">Address of the client; null if it comes over no network.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<RegistrationOutcome> RegisterAsync(RegistrationWish wish, IPAddress? address, CancellationToken cancellationToken)
    {
        if (accounts.Elsewhere is not null)
        {
            return Closed;
        }

        var worn = new FindUser(wish.Name, WithRooms: false) { OrLookAlike = true };
        if (await broker.LookAsync(SessionId.Server, worn, cancellationToken) is { Actor: var wearer } && wearer.UserId != wish.UserId)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.NameWorn, wearer.Name == wish.Name
                ? $"{wish.Name} is worn by somebody else who is here: choose another name"
                : $"{wish.Name} looks like {wearer.Name}, who is here: choose another name");
        }

        // What is guessed at here is an invitation, and what is worn out the processor.
        using var attempt = await attempts.BeginAsync(address, default, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.TooManyAttempts, limit);
        }

        var invitation = wish.Invitation.Length == 0 ? "" : SecretCode.HashOf(wish.Invitation);
        if (await InvitationRefusalAsync(invitation, cancellationToken) is { } uninvited)
        {
            return uninvited;
        }

        if (options.RequireEmail && wish.Email is null)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.InvalidEmail, "Accounts here have an e-mail address: give one such as ann@example.org, to which a code is sent");
        }

        var (password, refusal) = await accounts.PrepareAsync(wish.Name, wish.Password, wish.Email, cancellationToken);
        if (password is null)
        {
            return new(null, refusal, "");
        }

        return options.RequireEmail
            ? await PostAsync(wish, password, invitation, address, cancellationToken)
            : await MakeAsync(wish, password, invitation, address, cancellationToken);
    }

    /// <summary>Makes the account that a code was sent for.</summary>
    /// <param name="name">Its name, which somebody may wear by now: a guest wears another then.</param>
    /// <param name="code">The code.</param>
    /// <param name="userId">Number of the user who asks, who keeps the name if it wears it; 0 for nobody who is in.</param>
    /// <param name="address">Address of the client; null if it comes over no network.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<RegistrationOutcome> VerifyAsync(UserName name, string code, long userId, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await attempts.BeginAsync(address, name, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.TooManyAttempts, limit);
        }

        if (await post.TakeAsync(code, MailCodeKind.Registration, name, cancellationToken) is not { Password: { } password } waiting)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.InvalidCode, WrongCode);
        }

        attempt.TakeBack();
        if (await InvitationRefusalAsync(waiting.Invitation, cancellationToken) is { } uninvited)
        {
            return uninvited;
        }

        return await CreateAsync(waiting.Name, password, waiting.Email, isEmailProven: true, waiting.Invitation, userId, cancellationToken);
    }

    private async ValueTask<RegistrationOutcome?> InvitationRefusalAsync(string invitation, CancellationToken cancellationToken)
    {
        if (invitation.Length > 0)
        {
            return await invitations.FindAsync(invitation, cancellationToken) is { } found && found.IsGood(time.GetUtcNow()) ? null
                : RegistrationOutcome.Refused(AccountRefusalKind.InvalidInvitation, "That invitation is none, used up, or over: ask for another");
        }

        return options.Accounts == RegistrationPolicy.Open ? null
            : Closed;
    }

    private async ValueTask<RegistrationOutcome> PostAsync(
        RegistrationWish wish, PasswordVerifier password, string invitation, IPAddress? address, CancellationToken cancellationToken)
    {
        if (post.RefusalTo(address) is { } limited)
        {
            return RegistrationOutcome.Refused(AccountRefusalKind.MailFails, limited);
        }

        var code = new MailCode("", MailCodeKind.Registration, wish.Name, wish.Email!, default)
        {
            Password = password,
            Invitation = invitation,
        };
        var sent = await post.SendAsync(code, cancellationToken);
        return sent.Refusal is { } unsent
            ? RegistrationOutcome.Refused(AccountRefusalKind.MailFails, unsent)
            : new(null, null, sent.HasPassword
                ? $"A code was sent to {wish.Email}: the account is made when you give it back"
                : $"Another code was sent to {wish.Email}: the account is made when you give it back, without a password, as it was asked for twice. Then have a code sent to set one");
    }

    private async ValueTask<RegistrationOutcome> MakeAsync(
        RegistrationWish wish, PasswordVerifier password, string invitation, IPAddress? address, CancellationToken cancellationToken)
    {
        var outcome = await CreateAsync(wish.Name, password, wish.Email, isEmailProven: false, invitation, wish.UserId, cancellationToken);
        if (outcome.Account is not { } account || wish.Email is null || !post.IsOn)
        {
            return outcome;
        }

        var words = post.RefusalTo(address)
            ?? (await post.SendAsync(new MailCode("", MailCodeKind.Address, account.Name, wish.Email, default) { Account = account.Id }, cancellationToken)).Refusal;
        return outcome with { Words = words ?? $"A code was sent to {wish.Email}: give it back to be able to set another password, should you forget yours" };
    }

    private async ValueTask<RegistrationOutcome> CreateAsync(
        UserName name, PasswordVerifier password, string? email, bool isEmailProven, string invitation, long userId, CancellationToken cancellationToken)
    {
        // Taken before, as two may have the last use of it at once, and given back if nothing comes of it.
        if (invitation.Length > 0 && !await invitations.UseAsync(invitation, time.GetUtcNow(), cancellationToken))
        {
            return (await InvitationRefusalAsync(invitation, cancellationToken))!;
        }

        Account? account = null;
        AccountRefusal? refusal;
        try
        {
            (account, refusal) = await accounts.CreateAsync(name, password, email, isEmailProven, userId, cancellationToken);
        }
        finally
        {
            if (account is null && invitation.Length > 0)
            {
                await invitations.GiveBackAsync(invitation, CancellationToken.None);
            }
        }

        return new(account, refusal, "") { Proof = new LoginProof(Password: password.Stamp) };
    }
}
