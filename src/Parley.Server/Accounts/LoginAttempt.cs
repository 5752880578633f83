using System.Net;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>One attempt to log in, under way until it is disposed of. It has failed then, unless it was said otherwise.</summary>
internal sealed class LoginAttempt : IDisposable
{
    private readonly LoginAttempts? _attempts;
    private bool _isOver;

    /// <summary>An attempt that is not made.</summary>
    /// <param name="refusal">Why, in words for the client.</param>
    public LoginAttempt(string refusal) => (Refusal, _isOver) = (refusal, true);

    /// <summary>An attempt that is made.</summary>
    public LoginAttempt(LoginAttempts attempts, IPAddress? address, UserName account, bool countsForAddress)
        => (_attempts, Address, Account, CountsForAddress) = (attempts, address, account, countsForAddress);

    /// <summary>Refusal in words for the client; null if it is made.</summary>
    public string? Refusal { get; }

    /// <summary>The client's address; null if it comes over no network.</summary>
    public IPAddress? Address { get; }

    /// <summary>The account it is for; empty for none.</summary>
    public UserName Account { get; }

    /// <summary>False for an address that is exempt from limits.</summary>
    public bool CountsForAddress { get; }

    /// <summary>It has succeeded: it counts no more, and the account's owner is known at the address.</summary>
    public void Succeed() => End(LoginOutcome.Succeeded);

    /// <summary>It came to nothing, and says nothing about the password: it counts no more.</summary>
    public void TakeBack() => End(LoginOutcome.TakenBack);

    public void Dispose() => End(LoginOutcome.Failed);

    private void End(LoginOutcome outcome)
    {
        if (!_isOver)
        {
            _isOver = true;
            _attempts!.End(this, outcome);
        }
    }
}
