using System.Text;
using Parley.Core.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Push;

namespace Parley.Server.Irc.Accounts;

/// <summary>
/// <c>WEBPUSH REGISTER endpoint keys</c>, <c>WEBPUSH UNREGISTER endpoint</c>: has messages pushed to a device while nobody looks (a proposal:
/// https://github.com/ircv3/ircv3-specifications/pull/471).
/// </summary>
internal sealed class WebPushCommand() : IrcCommand("WEBPUSH", "REGISTER endpoint keys | UNREGISTER endpoint", "has messages pushed to your device while you are away")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var subcommand = request[0].ToUpperInvariant();
        try
        {
            switch (subcommand)
            {
                case "REGISTER" or "UNREGISTER" when session.Context.Push is not { IsOn: true }:
                    Fail(session, "INTERNAL_ERROR", request, "This server does not push");
                    break;
                case "REGISTER" when request.Count == 3:
                    await RegisterAsync(session, request, session.Context.Push!, cancellationToken);
                    break;
                case "UNREGISTER" when request.Count == 2 && !request[1].Contains(' ', StringComparison.Ordinal):
                    await UnregisterAsync(session, request, session.Context.Push!, cancellationToken);
                    break;
                case "REGISTER":
                    Fail(session, "INVALID_PARAMS", request, "Send WEBPUSH REGISTER endpoint keys");
                    break;
                case "UNREGISTER":
                    Fail(session, "INVALID_PARAMS", request, "Send WEBPUSH UNREGISTER endpoint");
                    break;
                default:
                    Fail(session, "INVALID_PARAMS", request, "Send REGISTER or UNREGISTER");
                    break;
            }
        }
        catch (AccountStoreException)
        {
            Fail(session, "INTERNAL_ERROR", request, "Subscriptions cannot be kept at the moment");
        }

        return true;
    }

    private async Task RegisterAsync(IrcSession session, IrcRequest request, PushDesk desk, CancellationToken cancellationToken)
    {
        if (session.Self.Profile.Login is not { } login)
        {
            Fail(session, "ACCOUNT_REQUIRED", request, "Log in first: messages are pushed to the owners of accounts");
            return;
        }

        var verdict = await desk.RegisterAsync(
            login, request[1], Encoding.UTF8.GetBytes(request[2]), PushCapabilities.Write(session.Capabilities), session.Session.Device, cancellationToken);
        if (verdict == PushVerdict.Accepted && session.Session.CloseReason is not null)
        {
            // What it is logged in by was withdrawn meanwhile.
            await desk.UnregisterAsync(login.Id, request[1], CancellationToken.None);
            return;
        }

        switch (verdict)
        {
            case PushVerdict.Accepted:
                session.Line($"WEBPUSH REGISTER {request[1]}");
                break;
            case PushVerdict.BadEndpoint:
                Fail(session, "INVALID_PARAMS", request, "The endpoint has to be an https address in the public Internet");
                break;
            case PushVerdict.BadKeys:
                Fail(session, "INVALID_PARAMS", request, "The keys have to be p256dh, a point of P-256, and auth, 16 bytes, in base64url");
                break;
            case PushVerdict.TooMany:
                Fail(session, "MAX_REGISTRATIONS", request, $"Your account has {session.Context.Options.PushEndpoints} subscriptions: unregister one first");
                break;
            default:
                Fail(session, "ACCOUNT_REQUIRED", request, "Your account is gone");
                break;
        }
    }

    private static async Task UnregisterAsync(IrcSession session, IrcRequest request, PushDesk desk, CancellationToken cancellationToken)
    {
        if (session.Self.Profile.Login is { } login)
        {
            await desk.UnregisterAsync(login.Id, request[1], cancellationToken);
        }

        session.Line($"WEBPUSH UNREGISTER {IrcTexts.Middle(request[1])}");
    }

    private void Fail(IrcSession session, string code, IrcRequest request, string description)
        => session.Fail(Word, code, description, $"{IrcTexts.Word(request[0])} {IrcTexts.Middle(request[1].Split(' ')[0])}");
}
