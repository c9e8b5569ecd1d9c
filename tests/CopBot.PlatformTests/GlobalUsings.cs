global using CopBot.Tests.Support;
global using Xunit;
