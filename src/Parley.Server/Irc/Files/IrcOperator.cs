using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Server.Irc.Files;

/// <summary>Somebody who may become an operator of the server.</summary>
/// <param name="Name">The name to give to OPER; compared with case.</param>
/// <param name="Password">What the password is checked against.</param>
/// <param name="Host">What others are shown in place of the operator's address; null for what they were shown before.</param>
/// <param name="Rights">What the operator may do.</param>
internal sealed record IrcOperator(string Name, PasswordVerifier Password, string? Host, ServerRights Rights);
