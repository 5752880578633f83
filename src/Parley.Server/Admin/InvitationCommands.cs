using System.Globalization;
using Parley.Core.Accounts;
using Parley.Server.Moderation;

namespace Parley.Server.Admin;

/// <summary>Commands of an administrator about invitations to make accounts.</summary>
internal sealed class InvitationCommands(InvitationDesk desk)
{
    /// <summary>Does what is asked; null if it is no command about invitations.</summary>
    public async Task<AdminAnswer?> RunAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        var by = string.IsNullOrWhiteSpace(request.By) ? BanCommands.Administrator : request.By;
        switch (request.Command)
        {
            case "invite":
                var (made, code, refusal) = await desk.AddAsync(
                    request.Uses ?? 1, request.For ?? InvitationDesk.DefaultTime, request.Text ?? "", by, account: 0, cancellationToken);
                return made is null ? AdminAnswer.Fail(refusal!) : new AdminAnswer { Invitations = [AdminInvitation.Of(made)], Invitation = code, Link = desk.LinkOf(code) };
            case "invites":
                return await ListAsync(cancellationToken);
            case "uninvite":
                return await desk.RemoveAsync(IdOf(request), by, account: 0, cancellationToken) is { } error ? AdminAnswer.Fail(error) : new AdminAnswer { Done = [request.Subject!] };
            default:
                return null;
        }
    }

    private async Task<AdminAnswer> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new AdminAnswer { Invitations = [.. (await desk.ListAsync(cancellationToken)).Select(AdminInvitation.Of)] };
        }
        catch (AccountStoreException e)
        {
            return AdminAnswer.Fail($"Invitations cannot be read now: {e.Message}");
        }
    }

    private static long IdOf(AdminRequest request) => long.TryParse(request.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
