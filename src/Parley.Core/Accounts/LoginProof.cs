namespace Parley.Core.Accounts;

/// <summary>Proof by which somebody has logged in to an account, as far as it may hold no more one day.</summary>
/// <param name="Device">Number of the device whose token it was; 0 for another proof.</param>
/// <param name="Password">Stamp of the password that it was (<see cref="PasswordVerifier.Stamp"/>); empty for another proof.</param>
public sealed record LoginProof(long Device = 0, string Password = "");
