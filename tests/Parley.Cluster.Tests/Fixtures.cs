using Parley.Storage.PostgreSql.Tests;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
