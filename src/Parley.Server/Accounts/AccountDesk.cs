namespace Parley.Server.Accounts;

/// <summary>All that people do about their own accounts, whichever protocol they come by.</summary>
/// <param name="Registrar">Makes accounts.</param>
/// <param name="Recovery">Sets forgotten passwords.</param>
/// <param name="Addresses">Proves e-mail addresses.</param>
/// <param name="Devices">Keeps browsers and programs logged in.</param>
/// <param name="Passwords">Sets other passwords.</param>
internal sealed record AccountDesk(Registrar Registrar, AccountRecovery Recovery, AddressProof Addresses, DeviceTokens Devices, PasswordChange Passwords);
