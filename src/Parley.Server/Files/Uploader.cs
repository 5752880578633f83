using Parley.Core.Accounts;

namespace Parley.Server.Files;

/// <summary>Somebody who uploads a file.</summary>
/// <param name="Identity">An account, or a guest.</param>
internal readonly record struct Uploader(Identity Identity)
{
    /// <summary>Limit that its files count towards: its account's, or that of all guests together.</summary>
    public long QuotaKey => Identity.IsAccount ? Identity.Value : 0;
}
