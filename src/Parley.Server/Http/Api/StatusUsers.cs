namespace Parley.Server.Http.Api;

/// <summary>Numbers of users.</summary>
internal sealed record StatusUsers(int Total, int Max);
