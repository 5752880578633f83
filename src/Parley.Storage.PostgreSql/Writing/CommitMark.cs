namespace Parley.Storage.PostgreSql.Writing;

/// <summary>Marks of a commit: its transaction, and the last row that it writes.</summary>
/// <param name="Transaction">Number of the transaction, of 64 bits, as the database writes it.</param>
/// <param name="Room">Id of the row's room.</param>
/// <param name="Number">The row's number there.</param>
/// <param name="Time">The row's time, as the database has it.</param>
internal sealed record CommitMark(string Transaction, long Room, long Number, long Time);
